package varyharness;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls of methods without effects, which a mutant leaves out: nothing is different
 * where they return what the mutant has in their place. Woven code says before each
 * that it is made, and after it what came of it; see {@link Reach}.
 */
public final class PureCalls {

    /**
     * Classes whose objects say how many they hold by a look at themselves: no locks, nothing wrapped, nothing
     * that a subclass or a view of another's could do in their place.
     */
    private static final Set<String> PLAIN = Set.of("java.lang.String", "java.lang.StringBuilder",
            "java.util.ArrayDeque", "java.util.ArrayList", "java.util.Arrays$ArrayList",
            "java.util.Collections$EmptyList", "java.util.Collections$EmptyMap", "java.util.Collections$EmptySet",
            "java.util.Collections$SingletonList", "java.util.Collections$SingletonMap",
            "java.util.Collections$SingletonSet", "java.util.EnumMap", "java.util.HashMap", "java.util.HashSet",
            "java.util.IdentityHashMap", "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN", "java.util.ImmutableCollections$Map1",
            "java.util.ImmutableCollections$MapN", "java.util.ImmutableCollections$Set12",
            "java.util.ImmutableCollections$SetN", "java.util.LinkedHashMap", "java.util.LinkedHashSet",
            "java.util.LinkedList", "java.util.PriorityQueue", "java.util.TreeMap", "java.util.TreeSet");

    private final long worker;
    private final int[] hits;
    private final Set<Class<?>> awake = ConcurrentHashMap.newKeySet();	// initialised

    // Since the last settle(), by counter: how many were entered and not left.
    private volatile AtomicInteger[] entered = {};

    PureCalls(long worker, int[] hits) {
        this.worker = worker;
        this.hits = hits;
    }

    /**
     * Before the counters are read: those that were never left have thrown. Where an agent may have changed the
     * methods, they may have done anything.
     */
    synchronized void settle() {
        boolean isInstrumented = entered.length > 0 && Native.isInstrumented();
        for (int i = 0; i < entered.length; i++) {
            hits[i] += entered[i] != null && (isInstrumented || entered[i].get() != 0) ? 1 : 0;
        }
        entered = new AtomicInteger[0];
    }

    /** @return what is to be decreased when the call has returned: one that belongs to the test under way */
    public AtomicInteger enter(int counter) {
        AtomicInteger[] all = entered;
        AtomicInteger one = counter < all.length ? all[counter] : null;
        if (one == null) {
            one = enterFirst(counter);
        }
        one.incrementAndGet();
        return one;
    }

    /** The same for a static method of this class, which the call may wake. */
    public AtomicInteger enter(int counter, Class<?> owner) {
        if (!awake.contains(owner)) {
            if (Native.isInitialised(worker, owner)) {
                awake.add(owner);
            } else {
                hits[counter]++;
            }
        }
        return enter(counter);
    }

    /** The same for a question that not every receiver answers without effects. */
    public AtomicInteger enter(Object asked, int counter) {
        if (asked != null && !PLAIN.contains(asked.getClass().getName())) {
            hits[counter]++;
        }
        return enter(counter);
    }

    private synchronized AtomicInteger enterFirst(int counter) {
        if (entered.length == 0) {
            entered = new AtomicInteger[hits.length];
        }
        if (entered[counter] == null) {
            entered[counter] = new AtomicInteger();
        }
        return entered[counter];
    }
}
