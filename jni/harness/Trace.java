package varyharness;

/**
 * Where woven test code tells what crosses into it. Each traced {@link Loader}
 * defines a copy of this class of its own, so runs side by side do not mix; the
 * work is done by the run's {@link Tracer}.
 */
public final class Trace {

    public static Tracer tracer;

    private Trace() {
    }

    public static void at(boolean value, int where) {
        tracer.at(value ? 1 : 0, 'Z', where);
    }

    public static void at(byte value, int where) {
        tracer.at(value, 'B', where);
    }

    public static void at(char value, int where) {
        tracer.at(value, 'C', where);
    }

    public static void at(short value, int where) {
        tracer.at(value, 'S', where);
    }

    public static void at(int value, int where) {
        tracer.at(value, 'I', where);
    }

    public static void at(long value, int where) {
        tracer.at(value, 'J', where);
    }

    public static void at(float value, int where) {
        tracer.at(Float.floatToIntBits(value), 'F', where);
    }

    public static void at(double value, int where) {
        tracer.at(Double.doubleToLongBits(value), 'D', where);
    }

    public static void at(Object value, int where) {
        tracer.at(value, where);
    }
}
