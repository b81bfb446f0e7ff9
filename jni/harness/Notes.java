package varyharness;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a copy of a test writes down the values it meets, each under the number of
 * its place: what is written there first, how often, and whether it was always the
 * same. One run at a time uses it. A call that is announced and takes too long is
 * stopped, and the next one gets its turn.
 *
 * <p>A value is told as Java would spell it where that can be pasted into an
 * assertion; user code is never asked.
 */
public final class Notes {

    private static final int TEXT_MAX = 300;
    private static final int PLACES_MAX = 20_000;
    private static final int ITEMS_MAX = 64;

    private static final class Place {
        int times;
        boolean same = true;
        long hash;
        String first;
    }

    private static final long LATE_NS = 300_000_000;
    private static final int LATE_MAX = 4;
    private static final int STIRS_MAX = 1009;
    private static final int NO_CALL = -1;

    /** In place of a call that would most likely be late, too. */
    private static final class Skipped extends Error {
        private static final long serialVersionUID = 1;

        Skipped() {
            super(null, null, false, false);
        }
    }

    private static Map<Integer, Place> places;

    /** Whether {@link #witness} has been told in this test. */
    static volatile boolean isWitnessed;

    // What a thread of its own looks after while calls are made.
    private static long worker;
    private static ClassLoader loader;
    private static Thread caller;
    private static int call = NO_CALL;
    private static int late = NO_CALL;
    private static int asked;           // which call is asked about; several places may be
    private static int lastLate;
    private static int latecomers;
    private static long since;
    private static boolean isWatched;

    private Notes() {
    }

    /** A test begins. */
    static synchronized void begin(long workerOfRun, ClassLoader loaderOfRun) {
        places = null;
        isWitnessed = false;
        worker = workerOfRun;
        loader = loaderOfRun;
        call = NO_CALL;
        late = NO_CALL;
        lastLate = 0;
        latecomers = 0;
    }

    /** What the test wrote down: a line each of number, times, whether always the same, hash, kind and text. */
    static synchronized String end() {
        call = NO_CALL;
        loader = null;
        caller = null;
        if (places == null) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        for (Map.Entry<Integer, Place> entry : places.entrySet()) {
            Place place = entry.getValue();
            all.append(entry.getKey()).append('\t').append(place.times).append('\t').append(place.same ? 1 : 0)
                    .append('\t').append(Long.toHexString(place.hash)).append('\t').append(place.first).append('\n');
        }
        places = null;
        return all.toString();
    }

    /** A run is over, perhaps within a test: what is static here must not hold on to its loader. */
    static synchronized void forget(ClassLoader loaderOfRun) {
        if (loader == loaderOfRun) {
            end();
        }
    }

    /**
     * A copy of a test begins. Identity hash codes come in the same order in every fresh
     * thread; from now on they are others in each run, so that nothing made of them looks
     * the same each time.
     */
    public static void stir() {
        for (long n = System.nanoTime() % STIRS_MAX; n > 0; n--) {
            System.identityHashCode(new Object());
        }
    }

    /** Operands and both results at a change: places 0, 1 and 2, of the first time. */
    static synchronized void witness(String operands, String original, String mutated) {
        if (!isWitnessed) {
            isWitnessed = true;
            add(0, 'o', oneLine(operands));
            add(1, 'o', oneLine(original));
            add(2, 'o', oneLine(mutated));
        }
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            line.append(text.charAt(i) < ' ' ? escaped(text.charAt(i)) : String.valueOf(text.charAt(i)));
        }
        return line.toString();
    }

    /**
     * A call with made-up inputs begins, whose result is for this place.
     *
     * @param number of the call, from 1 up: what is asked of its result makes it again. One that
     *     was late is not made again; after a few of those, none is.
     */
    public static synchronized void call(int place, int number) {
        if (number == lastLate || latecomers == LATE_MAX) {
            throw new Skipped();
        }
        asked = number;
        call = place;
        since = System.nanoTime();
        caller = Thread.currentThread();
        if (!isWatched) {
            ThreadGroup root = caller.getThreadGroup();
            while (root.getParent() != null) {
                root = root.getParent();
            }
            Thread watch = new Thread(root, Notes::watch, "vary-notes");
            watch.setDaemon(true);
            watch.setContextClassLoader(null);
            watch.start();
            isWatched = true;
        }
    }

    private static void watch() {
        while (stopLate()) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                // nobody means this thread
            }
        }
    }

    /** Whoever is stopped is within its call still: its next note would wait for us. */
    private static synchronized boolean stopLate() {
        if (loader == null) {
            isWatched = false;
            return false;
        }
        if (call != NO_CALL && System.nanoTime() - since > LATE_NS) {
            late = call;
            lastLate = asked;
            latecomers++;
            call = NO_CALL;
            Native.stop(worker, caller, loader, false);
        }
        return true;
    }

    public static boolean note(int place, boolean value) {
        add(place, 'v', String.valueOf(value));
        return value;
    }

    public static byte note(int place, byte value) {
        add(place, 'v', String.valueOf(value));
        return value;
    }

    public static short note(int place, short value) {
        add(place, 'v', String.valueOf(value));
        return value;
    }

    public static char note(int place, char value) {
        add(place, 'v', literal(value));
        return value;
    }

    public static int note(int place, int value) {
        add(place, 'v', literal((Object) value));
        return value;
    }

    public static long note(int place, long value) {
        add(place, 'v', literal((Object) value));
        return value;
    }

    public static float note(int place, float value) {
        add(place, 'v', literal((Object) value));
        return value;
    }

    public static double note(int place, double value) {
        add(place, 'v', literal((Object) value));
        return value;
    }

    public static <T> T note(int place, T value) {
        String literal = literal(value);
        if (literal != null) {
            add(place, 'v', literal);
        } else if (value.getClass().isArray()) {
            String items = array(value);
            add(place, items == null ? 'o' : 'a', items == null ? "" : items);
        } else if (isText(value)) {
            add(place, 't', text(value));
        } else {
            add(place, 'o', "");
        }
        return value;
    }

    /** What was to be written down threw this. */
    public static void thrown(int place, Throwable failure) {
        if (failure instanceof Skipped) {
            return;
        }
        if (failure instanceof Driver.Stop) {
            if (!isLate(place)) {
                throw (Driver.Stop) failure;
            }
            add(place, 'l', "");
            return;
        }
        String message = null;
        try {
            message = failure.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            // then the class is all that is told
        }
        add(place, 'x', failure.getClass().getName().replace('$', '.') + (message == null ? "" : "\t" + quoted(message)));
    }

    private static synchronized boolean isLate(int place) {
        return late == place;
    }

    private static synchronized void add(int number, char kind, String text) {
        call = NO_CALL;
        if (places == null) {
            places = new TreeMap<>();
        }
        Place place = places.get(number);
        if (place == null && places.size() == PLACES_MAX) {
            return;
        }
        String value = text.length() > TEXT_MAX ? "o\t" : kind + "\t" + text;
        if (place == null) {
            place = new Place();
            place.first = value;
            places.put(number, place);
        }
        place.times++;
        place.same &= place.first.equals(value);
        for (int i = 0; i < text.length(); i++) {
            place.hash = place.hash * 31 + text.charAt(i);
        }
        place.hash = place.hash * 31 + kind;
    }

    /** Java's spelling, or null where there is none. */
    private static String literal(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return quoted((String) value);
        }
        if (value instanceof Character) {
            return literal(((Character) value).charValue());
        }
        if (value instanceof Long) {
            long number = (Long) value;
            return number == Long.MIN_VALUE ? "Long.MIN_VALUE" : number + "L";
        }
        if (value instanceof Integer) {
            int number = (Integer) value;
            return number == Integer.MIN_VALUE ? "Integer.MIN_VALUE"
                    : number == Integer.MAX_VALUE ? "Integer.MAX_VALUE" : String.valueOf(number);
        }
        if (value instanceof Double) {
            return special("Double", String.valueOf(value));
        }
        if (value instanceof Float) {
            String text = special("Float", String.valueOf(value));
            return text.startsWith("Float") ? text : text + "f";
        }
        if (value instanceof Boolean || value instanceof Byte || value instanceof Short) {
            return String.valueOf(value);
        }
        if (value instanceof Enum) {
            String type = ((Enum<?>) value).getDeclaringClass().getCanonicalName();
            return type == null ? null : type + "." + ((Enum<?>) value).name();
        }
        return null;
    }

    private static String special(String type, String text) {
        switch (text) {
            case "NaN":
                return type + ".NaN";
            case "Infinity":
                return type + ".POSITIVE_INFINITY";
            case "-Infinity":
                return type + ".NEGATIVE_INFINITY";
            default:
                return text;
        }
    }

    private static String literal(char c) {
        return c == '\'' ? "'\\''" : c == '"' ? "'\"'" : "'" + escaped(c) + "'";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length() && quoted.length() <= TEXT_MAX + 2; i++) {
            quoted.append(escaped(text.charAt(i)));
        }
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        switch (c) {
            case '\n':
                return "\\n";
            case '\r':
                return "\\r";
            case '\t':
                return "\\t";
            case '\b':
                return "\\b";
            case '\f':
                return "\\f";
            case '"':
                return "\\\"";
            case '\\':
                return "\\\\";
            default:
                return c >= ' ' && c < 127 ? String.valueOf(c) : String.format("\\u%04x", (int) c);
        }
    }

    /** Values of the JDK whose toString() tells all there is, and runs no code but the JDK's. */
    private static boolean isText(Object value) {
        String type = value.getClass().getName();
        if (!type.startsWith("java.")) {
            return false;
        }
        if (value instanceof Collection) {
            return hasSimpleItems((Collection<?>) value);
        }
        if (value instanceof Map) {
            return hasSimpleItems(((Map<?, ?>) value).keySet()) && hasSimpleItems(((Map<?, ?>) value).values());
        }
        if (value instanceof Optional) {
            return !((Optional<?>) value).isPresent() || literal(((Optional<?>) value).get()) != null;
        }
        return value instanceof CharSequence || type.startsWith("java.math.") || type.startsWith("java.time.")
                || value instanceof java.io.StringWriter || value instanceof java.util.UUID
                || value instanceof java.util.Locale || value instanceof java.net.URI;
    }

    private static boolean hasSimpleItems(Collection<?> items) {
        int n = 0;
        for (Object item : items) {
            if (++n > ITEMS_MAX || (literal(item) == null && !isText(item)) || item instanceof Enum) {
                return false;
            }
        }
        return true;
    }

    private static String text(Object value) {
        return quoted(value.toString());
    }

    /** What Arrays.toString says, spelt; null where its items are not simple. */
    private static String array(Object value) {
        StringBuilder all = new StringBuilder("[");
        int n = java.lang.reflect.Array.getLength(value);
        if (n > ITEMS_MAX) {
            return null;
        }
        for (int i = 0; i < n; i++) {
            Object item = java.lang.reflect.Array.get(value, i);
            if (item instanceof Enum || (literal(item) == null && (item.getClass().isArray() || !isText(item)))) {
                return null;
            }
            all.append(i > 0 ? ", " : "").append(item);
        }
        return quoted(all.append(']').toString());
    }
}
