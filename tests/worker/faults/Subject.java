package faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Values of which a digest is made: none of their own methods may be called for it. */
class Subject {

    private static AssertionError touched() {
        return new AssertionError("code of the project was called");
    }

    static class Node {
        Node next;
        Object value;
        private transient double weight = 0.5;

        @Override
        public String toString() {
            throw touched();
        }

        @Override
        public boolean equals(Object other) {
            throw touched();
        }
    }

    static class Key {
        final int number;

        Key(int number) {
            this.number = number;
        }
    }

    static class OwnMap extends LinkedHashMap<String, Integer> {
        boolean isGuarded;

        @Override
        public Set<Map.Entry<String, Integer>> entrySet() {
            if (isGuarded) {
                throw touched();
            }
            return super.entrySet();
        }

        @Override
        public int size() {
            if (isGuarded) {
                throw touched();
            }
            return super.size();
        }
    }

    static class OwnList extends ArrayList<Integer> {
        @Override
        public Integer get(int index) {
            throw touched();
        }

        @Override
        public int size() {
            throw touched();
        }
    }

    static class Failure extends RuntimeException {
        final int code = 7;

        Failure() {
            super("seven");
        }

        @Override
        public String getMessage() {
            throw touched();
        }
    }

    static Object cycle() {
        Node first = new Node();
        first.next = new Node();
        first.next.next = first;
        first.value = new Object[] {first, "text", 'c', 1.5f};
        return first;
    }

    static Object huge() {
        Node first = new Node();
        Node[] all = new Node[1_000_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Node();
            all[i].next = first;
            all[i].value = all;
            first = all[i];
        }
        return first;
    }

    /** Their order is that of identity hash codes. */
    static Object keys() {
        Map<Key, Object> map = new HashMap<>();
        Set<Object> set = new HashSet<>();
        Map<Object, Object> identity = new IdentityHashMap<>();
        for (int i = 0; i < 50; i++) {
            map.put(new Key(i), new Key(-i));
            set.add(new Key(i));
            identity.put(new Key(i), set.size());
        }
        return Arrays.asList(map, set, identity, Set.of("a", "b", "c"), Map.of(1, 2, 3, 4));
    }

    static Object lambda() {
        int captured = keys().getClass().getName().length();
        Supplier<Integer> supplier = () -> captured;
        return Arrays.asList(supplier, Key.class, Thread.currentThread(), Subject.class.getClassLoader());
    }

    static Object own() {
        OwnMap map = new OwnMap();
        map.put("one", 1);
        map.isGuarded = true;
        OwnList list = new OwnList();
        list.add(2);
        return Arrays.asList(map, list);
    }

    static void fail() {
        throw new Failure();
    }

    static Object value(int number) {
        Object[] values = {
            null, "", "a", 1, 1L, (byte) 1, 2, true, 'a', 1.0, 1.0f, -0.0, 0.0, List.of(1, 2), List.of(2, 1), new int[] {1, 2},
            new int[] {2, 1}, Map.of(1, 2), Map.of(2, 1), Set.of(1, 2), new Key(1), new Key(2), Key.class, Subject.class,
            new StringBuilder("ab"), java.time.LocalDate.of(2020, 1, 1), java.time.LocalDate.of(2020, 1, 2),
            new java.math.BigDecimal("1.0"), new java.math.BigDecimal("1.00"), Thread.State.NEW, Thread.State.BLOCKED,
            new Failure(), new RuntimeException("seven"), java.util.Optional.of(1), java.util.Optional.of(2),
            new java.util.Date(1), new java.util.Date(2), "a".repeat(100_000), "a".repeat(99_999) + "b", new int[0],
        };
        return values[number];
    }

    static int hand(java.util.function.IntUnaryOperator to) {
        return to.applyAsInt(5);
    }
}
