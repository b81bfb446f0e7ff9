package varyharness;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What woven code counts: each probed or budgeted {@link Loader} defines a copy of
 * this class of its own, so runs side by side do not mix. No locks: a count that
 * threads spoil for each other is as good.
 *
 * <p>Most methods get copies of an instruction's operands and count where the
 * instruction and its replacement would have different results. One that throws
 * has another result than one that does not, or that throws too: division by
 * zero is never left to happen here.
 */
public final class Reach {

    /** A count each of: a mutation point reached, a difference there, a method's entries and jumps back. */
    public static int[] hits;

    /** What is known of calls under way; null where nothing is probed. */
    public static Calls calls;

    /** How many more entries and backward jumps there may be. */
    public static long left;

    /** There were more. Threads that count at once write over each other's `left`: it may be above 0 again. */
    public static volatile boolean isSpent;

    private Reach() {
    }

    public static void hit(int counter) {
        hits[counter]++;
    }

    /** Several counters in a row, for a method that has no room to tell them apart. */
    public static void hit(int counter, int n) {
        for (int i = 0; i < n; i++) {
            hits[counter + i]++;
        }
    }

    /** At each entry and before each backward jump of a method under a budget. */
    public static void spend() {
        if (--left < 0) {
            isSpent = true;
            throw new Driver.Stop();
        }
    }

    private static void count(boolean differs, int counter) {
        if (differs) {
            hits[counter]++;
        }
    }

    /** Where the boundary of a comparison moves. */
    public static void equal(int a, int b, int counter) {
        count(a == b, counter);
    }

    // A returned value and the one that a mutant returns. References: the same object, as == can tell.

    public static void other(int a, int b, int counter) {
        count(a != b, counter);
    }

    public static void other(long a, long b, int counter) {
        count(a != b, counter);
    }

    public static void other(float a, float b, int counter) {
        count(Float.floatToRawIntBits(a) != Float.floatToRawIntBits(b), counter);
    }

    public static void other(double a, double b, int counter) {
        count(Double.doubleToRawLongBits(a) != Double.doubleToRawLongBits(b), counter);
    }

    public static void other(Object a, Object b, int counter) {
        count(a != b, counter);
    }

    // A minus sign, and none.

    public static void minus(int a, int counter) {
        other(-a, a, counter);
    }

    public static void minus(long a, int counter) {
        other(-a, a, counter);
    }

    public static void minus(float a, int counter) {
        other(-a, a, counter);
    }

    public static void minus(double a, int counter) {
        other(-a, a, counter);
    }

    // int

    public static void addSub(int a, int b, int counter) {
        other(a + b, a - b, counter);
    }

    public static void mulDiv(int a, int b, int counter) {
        count(b == 0 || a * b != a / b, counter);
    }

    public static void remMul(int a, int b, int counter) {
        count(b == 0 || a % b != a * b, counter);
    }

    public static void shlShr(int a, int b, int counter) {
        other(a << b, a >> b, counter);
    }

    public static void ushrShl(int a, int b, int counter) {
        other(a >>> b, a << b, counter);
    }

    public static void andOr(int a, int b, int counter) {
        other(a & b, a | b, counter);
    }

    public static void xorAnd(int a, int b, int counter) {
        other(a ^ b, a & b, counter);
    }

    // long

    public static void addSub(long a, long b, int counter) {
        other(a + b, a - b, counter);
    }

    public static void mulDiv(long a, long b, int counter) {
        count(b == 0 || a * b != a / b, counter);
    }

    public static void remMul(long a, long b, int counter) {
        count(b == 0 || a % b != a * b, counter);
    }

    public static void shlShr(long a, int b, int counter) {
        other(a << b, a >> b, counter);
    }

    public static void ushrShl(long a, int b, int counter) {
        other(a >>> b, a << b, counter);
    }

    public static void andOr(long a, long b, int counter) {
        other(a & b, a | b, counter);
    }

    public static void xorAnd(long a, long b, int counter) {
        other(a ^ b, a & b, counter);
    }

    // float

    public static void addSub(float a, float b, int counter) {
        other(a + b, a - b, counter);
    }

    public static void mulDiv(float a, float b, int counter) {
        other(a * b, a / b, counter);
    }

    public static void remMul(float a, float b, int counter) {
        other(a % b, a * b, counter);
    }

    // double

    public static void addSub(double a, double b, int counter) {
        other(a + b, a - b, counter);
    }

    public static void mulDiv(double a, double b, int counter) {
        other(a * b, a / b, counter);
    }

    public static void remMul(double a, double b, int counter) {
        other(a % b, a * b, counter);
    }

    // Calls: of a method without effects, which a mutant leaves out.

    public static AtomicInteger enter(int counter) {
        return calls.pure.enter(counter);
    }

    public static AtomicInteger enter(int counter, Class<?> owner) {
        return calls.pure.enter(counter, owner);
    }

    public static AtomicInteger enter(Object receiver, int counter) {
        return calls.pure.enter(receiver, counter);
    }

    public static void left(AtomicInteger token, int counter) {
        token.decrementAndGet();
    }

    public static void left(int result, AtomicInteger token, int counter) {
        token.decrementAndGet();
        count(result != 0, counter);
    }

    public static void left(long result, AtomicInteger token, int counter) {
        token.decrementAndGet();
        count(result != 0, counter);
    }

    public static void left(float result, AtomicInteger token, int counter) {
        token.decrementAndGet();
        count(Float.floatToRawIntBits(result) != 0, counter);
    }

    public static void left(double result, AtomicInteger token, int counter) {
        token.decrementAndGet();
        count(Double.doubleToRawLongBits(result) != 0, counter);
    }

    public static void left(Object result, AtomicInteger token, int counter) {
        token.decrementAndGet();
        count(result != null, counter);
    }

    // Calls: of a setter, on both ends; and one whose result is dropped.

    public static void calling(Object receiver, int counter, int signature) {
        calls.calling(receiver, counter, signature);
    }

    public static void setting(int value, int present, Object self, String owner, String method,
            int signature, int field) {
        calls.setting(value == present, self, owner, method, signature, field);
    }

    public static void setting(long value, long present, Object self, String owner, String method,
            int signature, int field) {
        calls.setting(value == present, self, owner, method, signature, field);
    }

    public static void setting(float value, float present, Object self, String owner, String method,
            int signature, int field) {
        boolean same = Float.floatToRawIntBits(value) == Float.floatToRawIntBits(present);
        calls.setting(same, self, owner, method, signature, field);
    }

    public static void setting(double value, double present, Object self, String owner, String method,
            int signature, int field) {
        boolean same = Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(present);
        calls.setting(same, self, owner, method, signature, field);
    }

    public static void setting(Object value, Object present, Object self, String owner, String method,
            int signature, int field) {
        calls.setting(value == present, self, owner, method, signature, field);
    }

    public static void returns(int body, int counter, int n) {
        calls.returns(body, counter, n);
    }

    public static void drops() {
        calls.drops();
    }

    public static void dropped(int body) {
        calls.dropped(body);
    }
}
