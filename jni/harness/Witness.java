package varyharness;

/**
 * What code woven at one mutation point tells of it: operands, result, and the result
 * with the change, where these first read differently. Only the first is kept, by
 * {@link Notes}. Nothing of the project is called.
 *
 * <p>The last argument says how: the original's opcode in the low byte, the mutated
 * one in the next; for jumps turned so that they say what the source says, and above
 * them the comparison before the jump, or the type of the ints that are compared.
 */
public final class Witness {

    private static final int FIRST_SHIFT = 0x78;
    private static final int FIRST_COMPARISON = 0x9f;
    private static final int FIRST_OF_REFERENCES = 0xa5;
    private static final int IFNULL = 0xc6;
    private static final int FCMPG = 0x96;
    private static final int DCMPG = 0x98;
    private static final String[] OPERATORS = {"+", "-", "*", "/", "%", "<<", ">>", ">>>", "&", "|", "^"};
    private static final String[] COMPARISONS = {"==", "!=", "<", ">=", ">", "<="};

    private static final int OPERAND_MAX = 60;
    private static final int OPERANDS_MAX = 200;

    private Witness() {
    }

    private static void tell(String operands, String original, String mutated) {
        if (!Notes.isWitnessed && !original.equals(mutated)) {
            Notes.witness(operands, original, mutated);
        }
    }

    private static int original(int how) {
        return how & 0xff;
    }

    private static int mutated(int how) {
        return how >> 8 & 0xff;
    }

    // Arithmetic

    private static int operator(int opcode) {
        return opcode < FIRST_SHIFT ? (opcode - 0x60) / 4 : 5 + (opcode - FIRST_SHIFT) / 2;
    }

    private static void computes(String a, String b, String original, String mutated, int how) {
        tell(a + " " + OPERATORS[operator(original(how))] + " " + b, original, mutated);
    }

    public static void computes(int a, int b, int how) {
        if (!Notes.isWitnessed) {
            computes(text(a), text(b), result(original(how), a, b), result(mutated(how), a, b), how);
        }
    }

    public static void computes(long a, long b, int how) {
        if (!Notes.isWitnessed) {
            computes(text(a), text(b), result(original(how), a, b), result(mutated(how), a, b), how);
        }
    }

    public static void computes(long a, int b, int how) {
        if (!Notes.isWitnessed) {
            computes(text(a), text(b), result(original(how), a, (long) b), result(mutated(how), a, (long) b), how);
        }
    }

    public static void computes(float a, float b, int how) {
        if (!Notes.isWitnessed) {
            computes(text(a), text(b), result(original(how), a, b), result(mutated(how), a, b), how);
        }
    }

    public static void computes(double a, double b, int how) {
        if (!Notes.isWitnessed) {
            computes(text(a), text(b), result(original(how), a, b), result(mutated(how), a, b), how);
        }
    }

    private static String result(int opcode, int a, int b) {
        switch (operator(opcode)) {
            case 0:
                return text(a + b);
            case 1:
                return text(a - b);
            case 2:
                return text(a * b);
            case 3:
                return b == 0 ? "ArithmeticException" : text(a / b);
            case 4:
                return b == 0 ? "ArithmeticException" : text(a % b);
            case 5:
                return text(a << b);
            case 6:
                return text(a >> b);
            case 7:
                return text(a >>> b);
            case 8:
                return text(a & b);
            case 9:
                return text(a | b);
            default:
                return text(a ^ b);
        }
    }

    private static String result(int opcode, long a, long b) {
        switch (operator(opcode)) {
            case 0:
                return text(a + b);
            case 1:
                return text(a - b);
            case 2:
                return text(a * b);
            case 3:
                return b == 0 ? "ArithmeticException" : text(a / b);
            case 4:
                return b == 0 ? "ArithmeticException" : text(a % b);
            case 5:
                return text(a << b);
            case 6:
                return text(a >> b);
            case 7:
                return text(a >>> b);
            case 8:
                return text(a & b);
            case 9:
                return text(a | b);
            default:
                return text(a ^ b);
        }
    }

    private static String result(int opcode, float a, float b) {
        switch (operator(opcode)) {
            case 0:
                return text(a + b);
            case 1:
                return text(a - b);
            case 2:
                return text(a * b);
            case 3:
                return text(a / b);
            default:
                return text(a % b);
        }
    }

    private static String result(int opcode, double a, double b) {
        switch (operator(opcode)) {
            case 0:
                return text(a + b);
            case 1:
                return text(a - b);
            case 2:
                return text(a * b);
            case 3:
                return text(a / b);
            default:
                return text(a % b);
        }
    }

    // A step of a variable, and the same backwards

    public static void steps(int value, int by) {
        if (!Notes.isWitnessed) {
            tell(text(value) + (by < 0 ? " - " + -by : " + " + by), text(value + by), text(value - by));
        }
    }

    // A minus sign, and none

    private static void minus(String value, String negated) {
        tell(value.startsWith("-") ? "-(" + value + ")" : "-" + value, negated, value);
    }

    public static void minus(int a, int how) {
        minus(text(a), text(-a));
    }

    public static void minus(long a, int how) {
        minus(text(a), text(-a));
    }

    public static void minus(float a, int how) {
        minus(text(a), text(-a));
    }

    public static void minus(double a, int how) {
        minus(text(a), text(-a));
    }

    // Conditions

    /** Which of COMPARISONS. */
    private static int comparison(int opcode) {
        return opcode >= IFNULL ? opcode - IFNULL : opcode >= FIRST_OF_REFERENCES ? opcode - FIRST_OF_REFERENCES
                : opcode >= FIRST_COMPARISON ? opcode - FIRST_COMPARISON : opcode - 0x99;
    }

    /** @param order of what is compared: negative, 0 or positive */
    private static String holds(int opcode, int order) {
        switch (comparison(opcode)) {
            case 0:
                return String.valueOf(order == 0);
            case 1:
                return String.valueOf(order != 0);
            case 2:
                return String.valueOf(order < 0);
            case 3:
                return String.valueOf(order >= 0);
            case 4:
                return String.valueOf(order > 0);
            default:
                return String.valueOf(order <= 0);
        }
    }

    private static void compares(String a, String b, int order, int how) {
        tell(a + " " + COMPARISONS[comparison(original(how))] + " " + b, holds(original(how), order),
                holds(mutated(how), order));
    }

    private static char type(int how) {
        return (char) (how >> 16);
    }

    /** With 0; a boolean is not compared, but is the condition, or what is negated in it. */
    public static void compares(int a, int how) {
        if (Notes.isWitnessed) {
            return;
        }
        if (type(how) == 'Z') {
            tell((comparison(original(how)) == 0 ? "!" : "") + (a != 0), holds(original(how), a), holds(mutated(how), a));
        } else {
            compares(Text.of(a, type(how)), Text.of(0, type(how)), a, how);
        }
    }

    public static void compares(int a, int b, int how) {
        if (!Notes.isWitnessed) {
            compares(Text.of(a, type(how)), Text.of(b, type(how)), Integer.compare(a, b), how);
        }
    }

    public static void compares(long a, long b, int how) {
        if (!Notes.isWitnessed) {
            compares(text(a), text(b), Long.compare(a, b), how);
        }
    }

    public static void compares(float a, float b, int how) {
        if (!Notes.isWitnessed) {
            compares(text(a), text(b), a, b, how);
        }
    }

    public static void compares(double a, double b, int how) {
        if (!Notes.isWitnessed) {
            compares(text(a), text(b), a, b, how);
        }
    }

    private static void compares(String first, String second, double a, double b, int how) {
        int unordered = how >> 16 == FCMPG || how >> 16 == DCMPG ? 1 : -1;
        compares(first, second, a < b ? -1 : a > b ? 1 : a == b ? 0 : unordered, how);
    }

    public static void compares(Object a, int how) {
        if (!Notes.isWitnessed) {
            compares(cut(text(a)), "null", a == null ? 0 : 1, how);
        }
    }

    public static void compares(Object a, Object b, int how) {
        if (!Notes.isWitnessed) {
            String one = cut(text(a));
            String other = cut(text(b));
            compares(one, (a != b && one.equals(other) ? "another " : "") + other, a == b ? 0 : 1, how);
        }
    }

    // A returned value and the one that the mutant returns; the last argument is its type

    private static void other(String call, String a, String b) {
        tell(call == null ? "" : call + ")", a, b);
    }

    public static void other(int a, int b, int type) {
        called(a, b, null, type);
    }

    public static void other(long a, long b, int type) {
        called(a, b, null, type);
    }

    public static void other(float a, float b, int type) {
        called(a, b, null, type);
    }

    public static void other(double a, double b, int type) {
        called(a, b, null, type);
    }

    public static void other(Object a, Object b, int type) {
        called(a, b, null, type);
    }

    // A call: its text grows by receiver and arguments before it, as it may change them

    public static String receiver(String call, Object object) {
        return Notes.isWitnessed ? call : cut(text(object)) + "." + call;
    }

    private static String argument(String call, String text) {
        return call.endsWith("(") ? call + cut(text) : cut(call + ", " + cut(text), OPERANDS_MAX);
    }

    public static String operand(String call, int value, int type) {
        return Notes.isWitnessed ? call : argument(call, Text.of(value, (char) type));
    }

    public static String operand(String call, long value, int type) {
        return Notes.isWitnessed ? call : argument(call, text(value));
    }

    public static String operand(String call, float value, int type) {
        return Notes.isWitnessed ? call : argument(call, text(value));
    }

    public static String operand(String call, double value, int type) {
        return Notes.isWitnessed ? call : argument(call, text(value));
    }

    public static String operand(String call, Object value, int type) {
        return Notes.isWitnessed ? call : argument(call, text(value));
    }

    /** @param b what there is in place of its result where it is removed */
    public static void called(int a, int b, String call, int type) {
        if (!Notes.isWitnessed && a != b) {
            other(call, Text.of(a, (char) type), Text.of(b, (char) type));
        }
    }

    public static void called(long a, long b, String call, int type) {
        if (!Notes.isWitnessed && a != b) {
            other(call, text(a), text(b));
        }
    }

    public static void called(float a, float b, String call, int type) {
        if (!Notes.isWitnessed) {
            other(call, text(a), text(b));
        }
    }

    public static void called(double a, double b, String call, int type) {
        if (!Notes.isWitnessed) {
            other(call, text(a), text(b));
        }
    }

    public static void called(Object a, Object b, String call, int type) {
        if (!Notes.isWitnessed && a != b) {
            other(call, text(a), text(b));
        }
    }

    private static String cut(String text) {
        return cut(text, OPERAND_MAX);
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = max - 3;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
    }

    private static String text(int value) {
        return Text.of(value, 'I');
    }

    private static String text(long value) {
        return Text.of(value, 'J');
    }

    private static String text(float value) {
        return Text.of(Float.floatToRawIntBits(value), 'F');
    }

    private static String text(double value) {
        return Text.of(Double.doubleToRawLongBits(value), 'D');
    }

    private static String text(Object value) {
        return Text.of(value);
    }
}
