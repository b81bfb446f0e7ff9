package varyharness;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The trace of the unit at work in one run: what woven test code tells ({@link Trace}),
 * and what was printed. Bounded: from some event of a place on, and from some event
 * of the unit on, all that follow at a place make one event together, after the
 * unit's last. What comes while no unit is at work is not kept.
 *
 * <p>Threads of the test share it; no code of the project is ever called under its lock.
 */
public final class Tracer {

    private static final int EVENTS_MAX = 20_000;
    private static final int EVENTS_OF_A_PLACE_MAX = 2_000;
    private static final int EVENT_SIZE = 18;

    /** So many events of a place are looked at closely; of further ones fewer objects count. */
    private static final int CLOSELY_MAX = 100;
    private static final int NODES_OF_FURTHER = 100;

    private static final int OPERAND_BITS = 7;
    private static final int KIND_BITS = 3;
    private static final int PLACES_OF_DOUBLES = 64;    // as in oracle/doubles.h
    private static final int CALLBACK = 3;
    private static final int PRINTED = 4;

    /** What went by at one place. */
    private static final class Place {
        int n;
        int n_rolled;
        long rolled;
    }

    private final Loader loader;
    private final boolean texts;
    private final Digest digest = new Digest();
    private final StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private final ThreadLocal<Boolean> isCalled = new ThreadLocal<>();
    private final Map<Integer, Place> places = new HashMap<>();
    private final Map<String, Integer> interned = new LinkedHashMap<>();
    private final Printed[] printed = { new Printed(), new Printed() };
    private boolean atWork;
    private byte[] events = new byte[64 * EVENT_SIZE];
    private int n;

    Tracer(Loader loader, boolean texts) {
        this.loader = loader;
        this.texts = texts;
    }

    /** A unit begins. */
    synchronized void begin() {
        clear();
        atWork = true;
    }

    private void clear() {
        n = 0;
        places.clear();
        interned.clear();
        interned.put("", 0);
        digest.renew();
        for (Printed stream : printed) {
            stream.clear();
        }
    }

    /** The unit has ended: its trace, as WIRE_TRACE holds it after the number of the unit. */
    synchronized byte[] end() {
        atWork = false;
        for (Map.Entry<Integer, Place> entry : new TreeMap<>(places).entrySet()) {
            if (entry.getValue().n_rolled > 0) {
                put(entry.getKey(), Digest.mix(entry.getValue().rolled, entry.getValue().n_rolled), "");
            }
        }
        for (int i = 0; i < printed.length; i++) {
            if (printed[i].length > 0) {
                putRaw(-1, PRINTED, i, printed[i].digest(), texts ? printed[i].text() : "");
            }
        }
        byte[] all = message();
        clear();
        return all;
    }

    private byte[] message() {
        byte[][] bytes = new byte[interned.size()][];
        int size = 8 + n * EVENT_SIZE;
        int i = 0;
        for (String text : interned.keySet()) {
            bytes[i] = text.getBytes(StandardCharsets.UTF_8);
            size += 4 + bytes[i++].length;
        }
        byte[] all = new byte[size];
        int at = u4(all, 0, bytes.length);
        for (byte[] text : bytes) {
            at = u4(all, at, text.length);
            System.arraycopy(text, 0, all, at, text.length);
            at += text.length;
        }
        at = u4(all, at, n);
        System.arraycopy(events, 0, all, at, n * EVENT_SIZE);
        return all;
    }

    private static int u4(byte[] to, int at, int value) {
        to[at] = (byte) (value >> 24);
        to[at + 1] = (byte) (value >> 16);
        to[at + 2] = (byte) (value >> 8);
        to[at + 3] = (byte) value;
        return at + 4;
    }

    private void put(int where, long value, String text) {
        int operand = where & (1 << OPERAND_BITS) - 1;
        int kind = where >> OPERAND_BITS & (1 << KIND_BITS) - 1;
        putRaw(where >>> OPERAND_BITS + KIND_BITS, kind, operand, value, text);
    }

    private void putRaw(int site, int kind, int operand, long value, String text) {
        int at = n++ * EVENT_SIZE;
        if (at == events.length) {
            events = Arrays.copyOf(events, 2 * events.length);
        }
        at = u4(events, at, site);
        events[at++] = (byte) kind;
        events[at++] = (byte) operand;
        at = u4(events, at, (int) (value >> 32));
        at = u4(events, at, (int) value);
        Integer known = interned.putIfAbsent(text, interned.size());
        u4(events, at, known != null ? known : interned.size() - 1);
    }

    /** @return whether the event is told by itself; else it was added to what goes together */
    private boolean isTold(int where, long value) {
        Place place = places.computeIfAbsent(where, unused -> new Place());
        if (place.n < EVENTS_OF_A_PLACE_MAX && n < EVENTS_MAX) {
            place.n++;
            return true;
        }
        place.n_rolled++;
        place.rolled = Digest.mix(place.rolled, value);
        return false;
    }

    private int nodesAt(int where) {
        Place place = places.computeIfAbsent(where, unused -> new Place());
        return place.n < CLOSELY_MAX ? Digest.NODES_MAX : NODES_OF_FURTHER;
    }

    public void at(long bits, char type, int where) {
        if (isUnwanted(where)) {
            return;
        }
        synchronized (this) {
            if (atWork) {
                long value = Digest.mix(type, bits);
                if (isTold(where, value)) {
                    put(where, value, texts ? Text.of(bits, type) : "");
                }
            }
        }
    }

    public void at(Object object, int where) {
        if (object instanceof Driver.Stop || isUnwanted(where)) {
            return;
        }
        synchronized (this) {
            if (atWork) {
                long value = digest.of(object, nodesAt(where));
                if (isTold(where, value)) {
                    put(where, value, texts ? Text.of(object) : "");
                }
            }
        }
    }

    /**
     * A call of a test double. Its event is at one of the places that begin at
     * {@code where}, the one that the method's name leads to.
     */
    void called(Object mock, Object method, Object arguments, int where) {
        Method called = method instanceof Method ? (Method) method : null;
        String name = called == null ? "" : called.getName();
        if (!isHandedByProject(mock, name)) {
            return;
        }
        Object[] values = arguments instanceof Object[] ? (Object[]) arguments : new Object[0];
        int place = where + ((name.hashCode() & Integer.MAX_VALUE) % PLACES_OF_DOUBLES << OPERAND_BITS + KIND_BITS);
        synchronized (this) {
            if (atWork) {
                long value = Digest.mix(digest.of(called, 1), digest.of(values, nodesAt(place)));
                if (isTold(place, value)) {
                    put(place, value, texts ? Text.ofCall(called, values) : "");
                }
            }
        }
    }

    /**
     * Whose code is the first of the project below the double? The mocked method's own is
     * not counted where a library wrote itself into the project's class.
     */
    private boolean isHandedByProject(Object mock, String name) {
        Class<?> type = mock instanceof Class ? (Class<?>) mock : mock == null ? Object.class : mock.getClass();
        boolean isWovenItself = loader.sideOf(type) != Loader.NOT_OURS;
        return walker.walk(frames -> {
            boolean[] entered = { !isWovenItself };
            return frames.filter(frame -> {
                Class<?> at = frame.getDeclaringClass();
                if (loader.sideOf(at) == Loader.NOT_OURS) {
                    return false;
                }
                boolean isDouble = !entered[0] && at.isAssignableFrom(type) && frame.getMethodName().equals(name);
                entered[0] = true;
                return !isDouble;
            }).findFirst().map(frame -> loader.sideOf(frame.getDeclaringClass()) == Loader.UNDER_TEST).orElse(false);
        });
    }

    /** Arguments of test code that test code itself called, or a library on its own. */
    private boolean isUnwanted(int where) {
        if ((where >> OPERAND_BITS & (1 << KIND_BITS) - 1) != CALLBACK) {
            return false;
        }
        Boolean called = (where & (1 << OPERAND_BITS) - 1) == 0 ? null : isCalled.get();
        if (called == null) {
            called = isCalledByProject();
            isCalled.set(called);
        }
        return !called;
    }

    /**
     * Whose code is the first of the project below the method that calls us? A bridge
     * of its own is not counted.
     */
    private boolean isCalledByProject() {
        return walker.walk(frames -> {
            StackWalker.StackFrame[] entered = new StackWalker.StackFrame[1];
            return frames.filter(frame -> {
                int side = loader.sideOf(frame.getDeclaringClass());
                if (side == Loader.NOT_OURS) {
                    return false;
                }
                if (entered[0] == null) {
                    entered[0] = frame;
                    return false;
                }
                return side == Loader.UNDER_TEST || frame.getDeclaringClass() != entered[0].getDeclaringClass()
                        || !frame.getMethodName().equals(entered[0].getMethodName());
            }).findFirst().map(frame -> loader.sideOf(frame.getDeclaringClass()) == Loader.UNDER_TEST).orElse(false);
        });
    }

    /** @param stream 0 standard output, 1 standard error */
    synchronized void print(int stream, byte[] bytes, int offset, int length) {
        if (atWork) {
            printed[stream].add(bytes, offset, length);
        }
    }

    /** What went to one stream. */
    private static final class Printed {
        private static final int SHOWN = 2 * Text.MAX;

        private final byte[] head = new byte[SHOWN];
        private long sum;
        private long length;

        void clear() {
            sum = 0;
            length = 0;
        }

        void add(byte[] bytes, int offset, int count) {
            for (int i = 0; i < count; i++) {
                if (length + i < SHOWN) {
                    head[(int) length + i] = bytes[offset + i];
                }
                sum = sum * 0x100000001b3L + bytes[offset + i];
            }
            length += count;
        }

        long digest() {
            return Digest.mix(sum, length);
        }

        String text() {
            return Text.of(new String(head, 0, (int) Math.min(length, SHOWN), StandardCharsets.UTF_8));
        }
    }
}
