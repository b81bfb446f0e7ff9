package varyharness;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Calls of which only the test shows whether a mutant of them, or in them, would
 * have made a difference: of setters, those whose result is dropped, and those of
 * methods without effects ({@link PureCalls}). One for each probed {@link Loader};
 * woven code comes here by way of {@link Reach}.
 */
public final class Calls {

    private static final int NONE = -1;

    private final int[] hits;
    private final boolean[] taken;	// back, since the last settle()
    private boolean anyTaken;

    // By counter: fields that a removed call would have left with another value, and the names of their classes.
    private final Map<Integer, Map<Integer, String>> latent = new HashMap<>();
    private final Set<String> shown = new HashSet<>();

    public final PureCalls pure;

    // No thread or object is held here: a test may wait until one is collected.

    // The call that is about to be made.
    private boolean isCalling;
    private WeakReference<Thread> caller = new WeakReference<>(null);
    private WeakReference<Object> receiver = new WeakReference<>(null);
    private int signature;
    private int counter;
    private final Map<Integer, Map<Class<?>, String>> declarers = new HashMap<>();

    // The return that was made last; null: none yet.
    private WeakReference<Thread> returning;
    private boolean severalReturn;
    private int body = NONE;
    private int first;
    private int[] before = {};

    Calls(long worker, int[] hits) {
        this.hits = hits;
        this.pure = new PureCalls(worker, hits);
        this.taken = new boolean[hits.length];
    }

    /**
     * Before the counters are read: what was taken back holds only as long as no agent may have changed
     * the classes. That takes too long to ask at each call.
     */
    synchronized void settle() {
        boolean isInstrumented = (anyTaken || !latent.isEmpty()) && Native.isInstrumented();
        for (int i = 0; anyTaken && i < taken.length; i++) {
            hits[i] += taken[i] && isInstrumented ? 1 : 0;
            taken[i] = false;
        }
        anyTaken = false;
        boolean isBlind = isInstrumented || !latent.isEmpty() && !Native.tellsFields();
        latent.forEach((counted, fields) -> fields.forEach((field, owner) -> {
            hits[counted] += isBlind || hits[field] != 0 || shown.contains(owner) ? 1 : 0;
        }));
        pure.settle();
    }

    // ---- a removed call of a setter: nothing is different where the field has the value already,
    // ---- and nothing comes of it where nobody reads it. The second count is of what may come of it.

    public synchronized void calling(Object object, int counted, int called) {
        hits[counted]++;
        hits[counted + 1]++;
        isCalling = true;
        caller = to(caller, Thread.currentThread());
        receiver = to(receiver, object);
        signature = called;
        counter = counted;
    }

    /**
     * In the setter of class `owner`: takes back what calling() counted if this is what was called.
     *
     * @param field the counter of the field's reads, if they are told; else negative
     */
    public void setting(boolean same, Object self, String owner, String method, int called, int field) {
        int counted = expected(self, called);
        if (counted == NONE || !same && field < 0 || !owner.equals(declarer(self.getClass(), method, called))) {
            return;
        }
        if (same) {
            takeBack(counted);
            takeBack(counted + 1);
        } else {
            defer(counted + 1, field, owner);
        }
    }

    private synchronized int expected(Object self, int called) {
        boolean is = isCalling && receiver.get() == self && signature == called
                && caller.get() == Thread.currentThread();
        isCalling = false;
        return is ? counter : NONE;
    }

    /** The one at hand where it leads there already: these are hot paths. */
    private static <T> WeakReference<T> to(WeakReference<T> known, T object) {
        return known != null && known.get() == object ? known : new WeakReference<>(object);
    }

    private synchronized void takeBack(int counted) {
        hits[counted]--;
        taken[counted] = true;
        anyTaken = true;
    }

    /** What was counted just now counts as soon as the field is read, in whatever test. */
    private synchronized void defer(int counted, int field, String owner) {
        hits[counted]--;
        latent.computeIfAbsent(counted, one -> new HashMap<>()).put(field, owner);
    }

    /** Somebody has asked for the fields of the class: from now on he may read them. */
    synchronized void shows(String owner) {
        shown.add(owner);
    }

    /** The class whose method an object of this class runs; "" where that is not certain. */
    private String declarer(Class<?> type, String method, int called) {
        String known;
        synchronized (declarers) {
            known = declarers.computeIfAbsent(called, one -> new HashMap<>()).get(type);
        }
        if (known != null) {
            return known;
        }
        try {
            known = findDeclarer(type, method);
        } catch (LinkageError | RuntimeException e) {	// a type that is not there
            known = "";
        }
        synchronized (declarers) {
            declarers.get(called).put(type, known);
        }
        return known;
    }

    private static String findDeclarer(Class<?> type, String method) {
        String found = "";
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method declared : at.getDeclaredMethods()) {
                if (!declared.getName().equals(method) || declared.getParameterCount() != 1) {
                    continue;
                }
                if (found.isEmpty()) {
                    found = at.getName();
                } else if (!at.getName().equals(found)
                        && (declared.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0) {
                    return "";	// not overridden by the one below: a call may mean either
                }
            }
        }
        return found;
    }

    // ---- a returned value that the caller drops ----

    /** Before a return of method `number`, whose mutants move the `n` counters from `from` up. */
    public synchronized void returns(int number, int from, int n) {
        Thread now = Thread.currentThread();
        severalReturn |= returning != null && returning.get() != now;
        returning = to(returning, now);
        body = number;
        first = from;
        if (before.length != n) {
            before = new int[n];
        }
        System.arraycopy(hits, from, before, 0, n);
    }

    /** Before a call whose result is dropped. */
    public synchronized void drops() {
        body = NONE;
    }

    /** After it: takes back what was counted since its return. */
    public synchronized void dropped(int number) {
        if (body == number && !severalReturn && returning.get() == Thread.currentThread()) {
            System.arraycopy(before, 0, hits, first, before.length);
        }
        body = NONE;
    }
}
