package varyharness;

/** A failure as one line: what was thrown, and where in the project. */
final class Failure {

    private static final int MAX = 500;

    private Failure() {
    }

    /** Asks the throwable with care: its class may be mutated, too. */
    static String text(Throwable failure, Loader loader) {
        String name = failure.getClass().getName();
        String text = name;
        try {
            Throwable telling = telling(failure);
            if (telling != failure) {
                text += ": " + telling.getClass().getName();
            }
            String message = telling.getMessage();
            if (message != null && !message.isEmpty()) {
                text += ": " + message;
            }
            text = cut(text) + place(telling, loader);
        } catch (Driver.Stop e) {
            throw e;
        } catch (Throwable e) {
            text = cut(text);
        }
        return text;
    }

    /** What only carries another to where it is caught has nothing to say: static initialisers, reflection. */
    private static Throwable telling(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; depth < 5 && at.getMessage() == null && at.getCause() != null; depth++) {
            at = at.getCause();
        }
        return at;
    }

    static boolean isOutOfMemory(Throwable failure) {
        int depth = 0;
        try {
            for (Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
                if (t instanceof OutOfMemoryError) {
                    return true;
                }
            }
        } catch (Driver.Stop e) {
            throw e;
        } catch (Throwable e) {
            return false;
        }
        return false;
    }

    private static String place(Throwable failure, Loader loader) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (loader != null && loader.isProjectClass(frame.getClassName())) {
                return " (" + frame.getClassName() + "." + frame.getMethodName()
                        + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "") + ")";
            }
        }
        return "";
    }

    private static String cut(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX) + 3);
        for (int i = 0; i < text.length() && line.length() < MAX; i++) {
            char c = text.charAt(i);
            boolean space = c <= ' ' || c == '\u007f';
            if (!space) {
                line.append(c);
            } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return text.length() > MAX ? line.append("...").toString() : line.toString();
    }
}
