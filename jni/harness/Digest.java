package varyharness;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;

/**
 * 64 bits made from the content of a value, the same in every loader and every JVM:
 * never from identity, and without calling code of the project (no toString, equals,
 * hashCode, getter, iterator of a class that is not the JDK's own).
 *
 * <p>Strings, boxed values, enums, arrays, collections of the JDK, dates, numbers by
 * what they hold; sets and hash maps without order; threads, loaders, classes, test
 * doubles and what belongs to the JVM by class alone; throwables by class, message,
 * cause and their own fields; all else by class and fields ({@link Shape}).
 *
 * <p>Bounded: {@link #NODES_MAX} objects of one value, to {@link #DEPTH_MAX}; strings
 * and arrays by both ends where they are long. A test may have {@link #WORK_MAX} of
 * them; from then on objects count by their class alone.
 */
final class Digest {

    static final int NODES_MAX = 2_000;
    static final int DEPTH_MAX = 8;
    private static final int WHOLE_MAX = 1 << 16;
    private static final int WORK_MAX = 400_000;
    private static final int CHARS_A_NODE = 64;

    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final long NULL = 0x6e756c6cL;
    private static final long CYCLE = 0x6379636cL;
    private static final long DEEP = 0x64656570L;
    private static final long CHANGED = 0x63686e67L;

    enum Kind {
        STRING, BOXED, ENUM, CLASS, NAME, TEXT, NUMBER, THROWABLE, ARRAY,
        ORDERED, UNORDERED, ORDERED_MAP, UNORDERED_MAP, FIELDS
    }

    private static final ClassValue<Kind> KINDS = new ClassValue<Kind>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            return findKind(type);
        }
    };

    private static final ClassValue<Long> NAMES = new ClassValue<Long>() {
        @Override
        protected Long computeValue(Class<?> type) {
            return ofString(nameOf(type));
        }
    };

    /** Classes of the JDK by name, or by how their names begin. */
    private static final Map<String, Kind> EXACT = new HashMap<>();
    private static final Object[][] PREFIXES = {
        {"java.time.Clock", Kind.NAME},
        {"java.time.", Kind.TEXT},
        {"java.util.ImmutableCollections$List", Kind.ORDERED},
        {"java.util.ImmutableCollections$Set", Kind.UNORDERED},
        {"java.util.ImmutableCollections$Map", Kind.UNORDERED_MAP},
        {"java.util.concurrent.atomic.", Kind.FIELDS},
        {"java.util.concurrent.", Kind.NAME},
        {"java.util.logging.", Kind.NAME},
        {"java.util.zip.", Kind.NAME},
        {"java.util.jar.", Kind.NAME},
        {"java.util.prefs.", Kind.NAME},
        {"java.util.stream.", Kind.NAME},
        {"java.util.Timer", Kind.NAME},
        {"java.util.Scanner", Kind.NAME},
        {"java.util.ServiceLoader", Kind.NAME},
        {"java.util.ResourceBundle", Kind.NAME},
        {"java.util.", Kind.FIELDS},
        {"java.io.File", Kind.NAME},
        {"java.io.Console", Kind.NAME},
        {"java.io.RandomAccessFile", Kind.NAME},
        {"java.io.Print", Kind.NAME},
        {"java.io.Object", Kind.NAME},
        {"java.io.InputStreamReader", Kind.NAME},
        {"java.io.OutputStreamWriter", Kind.NAME},
        {"java.io.", Kind.FIELDS},
        {"java.text.", Kind.FIELDS},
        {"java.nio.Heap", Kind.FIELDS},
        {"sun.nio.fs.UnixPath", Kind.TEXT},
        {"java.net.URL", Kind.FIELDS},
        {"java.sql.", Kind.FIELDS},
    };

    /** Of libraries: what logs, runs tests, or makes test doubles. */
    private static final String[] OPAQUE = {
        "org.slf4j.", "ch.qos.logback.", "org.apache.logging.", "org.apache.log4j.", "org.apache.commons.logging.",
        "org.mockito.", "org.easymock.", "io.mockk.", "net.bytebuddy.", "org.junit.", "org.testng.",
    };

    static {
        kind(Kind.ORDERED, "ArrayList", "LinkedList", "Arrays$ArrayList", "Vector", "Stack", "ArrayDeque",
                "PriorityQueue", "LinkedHashSet", "TreeSet", "Collections$EmptyList", "Collections$SingletonList",
                "RegularEnumSet", "JumboEnumSet", "concurrent.CopyOnWriteArrayList", "concurrent.ConcurrentLinkedQueue",
                "concurrent.ConcurrentLinkedDeque", "concurrent.LinkedBlockingQueue", "concurrent.ArrayBlockingQueue",
                "concurrent.LinkedBlockingDeque", "concurrent.ConcurrentSkipListSet");
        kind(Kind.UNORDERED, "HashSet", "concurrent.CopyOnWriteArraySet", "Collections$EmptySet",
                "Collections$SingletonSet");
        kind(Kind.ORDERED_MAP, "LinkedHashMap", "TreeMap", "EnumMap", "concurrent.ConcurrentSkipListMap");
        kind(Kind.UNORDERED_MAP, "HashMap", "Hashtable", "IdentityHashMap", "WeakHashMap",
                "concurrent.ConcurrentHashMap", "Collections$EmptyMap", "Collections$SingletonMap");
        kind(Kind.TEXT, "Locale", "UUID", "Currency");
        EXACT.put("java.io.File", Kind.TEXT);
        EXACT.put("java.net.URI", Kind.TEXT);
        for (Class<?> type : new Class<?>[] {StringBuilder.class, StringBuffer.class, Method.class,
            java.lang.reflect.Field.class, java.lang.reflect.Constructor.class}) {
            EXACT.put(type.getName(), Kind.TEXT);
        }
        for (Class<?> type : new Class<?>[] {BigInteger.class, BigDecimal.class, Date.class, GregorianCalendar.class,
            Pattern.class}) {
            EXACT.put(type.getName(), Kind.NUMBER);
        }
        for (Class<?> type : new Class<?>[] {Boolean.class, Byte.class, Character.class, Short.class, Integer.class,
            Long.class, Float.class, Double.class}) {
            EXACT.put(type.getName(), Kind.BOXED);
        }
    }

    private static void kind(Kind kind, String... names) {
        for (String name : names) {
            EXACT.put("java.util." + name, kind);
        }
    }

    private final Object[] path = new Object[DEPTH_MAX + 1];
    private int depth;
    private int left;
    private int work;

    /** For another test. */
    void renew() {
        work = 0;
    }

    /** @param nodes how many objects of it at most */
    long of(Object value, int nodes) {
        left = nodes;
        depth = work > WORK_MAX ? DEPTH_MAX : 0;
        long result = node(value);
        work += nodes - left;
        depth = 0;
        Arrays.fill(path, null);
        return result;
    }

    static long mix(long a, long b) {
        long sum = (a ^ b * PRIME) * 0xBF58476D1CE4E5B9L;
        return (sum ^ sum >>> 29) * PRIME + 1;
    }

    /** Spreads what is to be added up. */
    private static long spread(long value) {
        long sum = (value ^ value >>> 32) * 0x94D049BB133111EBL;
        return sum ^ sum >>> 29;
    }

    static Kind kindOf(Class<?> type) {
        return KINDS.get(type);
    }

    /** The name, without what a generator of classes counts or makes up. */
    static String nameOf(Class<?> type) {
        if (type.isArray()) {
            return nameOf(type.getComponentType()) + "[]";
        }
        String name = type.getName();
        int end = name.length();
        for (String mark : new String[] {"/", "$$", "$MockitoMock$", "$ByteBuddy$", "$HibernateProxy$"}) {
            int at = name.indexOf(mark, 1);
            end = at > 0 && at < end ? at : end;
        }
        if (Proxy.isProxyClass(type)) {
            Class<?>[] interfaces = type.getInterfaces();
            return "proxy:" + (interfaces.length > 0 ? interfaces[0].getName() : "");
        }
        return name.substring(0, end);
    }

    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static boolean isMock(String name) {
        return name.contains("$MockitoMock$") || name.contains("$$EnhancerBy") || name.contains("$ByteBuddy$")
                || name.contains("$$FastClass") || name.contains("$HibernateProxy$");
    }

    private static Kind findKind(Class<?> type) {
        String name = type.getName();
        if (type == String.class) {
            return Kind.STRING;
        }
        if (type.isArray()) {
            return Kind.ARRAY;
        }
        if (Enum.class.isAssignableFrom(type)) {
            return Kind.ENUM;
        }
        if (type == Class.class) {
            return Kind.CLASS;
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return Kind.THROWABLE;
        }
        if (Proxy.isProxyClass(type) || isMock(name) || Thread.class.isAssignableFrom(type)
                || ClassLoader.class.isAssignableFrom(type)) {
            return Kind.NAME;
        }
        if (isOfJdk(type)) {
            return findKindOfJdk(name);
        }
        for (String prefix : OPAQUE) {
            if (name.startsWith(prefix)) {
                return Kind.NAME;
            }
        }
        return HashMap.class.isAssignableFrom(type) ? Kind.UNORDERED_MAP : Kind.FIELDS;
    }

    private static Kind findKindOfJdk(String name) {
        Kind kind = EXACT.get(name);
        if (kind != null) {
            return kind;
        }
        if (name.contains("$$Lambda")) {
            return Kind.FIELDS;
        }
        for (Object[] row : PREFIXES) {
            if (name.startsWith((String) row[0])) {
                return (Kind) row[1];
            }
        }
        return Kind.NAME;
    }

    private long node(Object value) {
        if (value == null) {
            return NULL;
        }
        left--;
        Class<?> type = value.getClass();
        Kind kind = kindOf(type);
        if (kind == Kind.STRING) {
            return string((String) value);
        }
        if (kind == Kind.BOXED) {
            return boxed(value);
        }
        long name = isContainer(kind) && isOfJdk(type) ? ofString(roleOf(value)) : NAMES.get(type);
        if (kind == Kind.NAME) {
            return name;
        }
        if (kind == Kind.ENUM) {
            return mix(ofString(nameOf(((Enum<?>) value).getDeclaringClass())), ofString(((Enum<?>) value).name()));
        }
        if (kind == Kind.CLASS) {
            return mix(name, ofString(nameOf((Class<?>) value)));
        }
        if (depth >= DEPTH_MAX || left <= 0) {
            return mix(name, DEEP);
        }
        for (int i = 0; i < depth; i++) {
            if (path[i] == value) {
                return mix(CYCLE, depth - i);
            }
        }
        path[depth++] = value;
        long content = content(value, kind);
        depth--;
        return mix(name, content);
    }

    private static boolean isContainer(Kind kind) {
        return kind == Kind.ORDERED || kind == Kind.ORDERED_MAP || kind == Kind.UNORDERED || kind == Kind.UNORDERED_MAP;
    }

    /** An empty map is an empty map, whatever class made it; so equals() has it. */
    private static String roleOf(Object container) {
        return container instanceof Map ? "Map" : container instanceof Set ? "Set"
                : container instanceof List ? "List" : nameOf(container.getClass());
    }

    private long content(Object value, Kind kind) {
        switch (kind) {
            case TEXT:
                return string(textOf(value));
            case NUMBER:
                return number(value);
            case THROWABLE:
                Throwable thrown = (Throwable) value;
                return mix(mix(node(messageOf(thrown)), node(causeOf(thrown))), fields(value));
            case ARRAY:
                return array(value);
            case ORDERED:
            case ORDERED_MAP:
                return ordered(elementsOf(value, left));
            case UNORDERED:
                return unordered(elementsOf(value, left), 1);
            case UNORDERED_MAP:
                long entries = unordered(elementsOf(value, left), 2);
                return isOfJdk(value.getClass()) ? entries : mix(entries, fields(value));
            default:
                return fields(value);
        }
    }

    private static long boxed(Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return mix(value instanceof Integer ? 'I' : value instanceof Long ? 'J' : value instanceof Short ? 'S' : 'B',
                    ((Number) value).longValue());
        }
        if (value instanceof Boolean) {
            return mix('Z', (boolean) value ? 1 : 0);
        }
        if (value instanceof Character) {
            return mix('C', (char) value);
        }
        return value instanceof Float ? mix('F', Float.floatToIntBits((float) value))
                : mix('D', Double.doubleToLongBits((double) value));
    }

    private long string(String value) {
        left -= Math.min(value.length(), WHOLE_MAX) / CHARS_A_NODE;
        return ofString(value);
    }

    private static long ofString(String value) {
        int length = value.length();
        int head = length <= WHOLE_MAX ? length : WHOLE_MAX / 2;
        long sum = length;
        for (int i = 0; i < head; i++) {
            sum = sum * PRIME + value.charAt(i);
        }
        for (int i = head == length ? length : length - WHOLE_MAX / 2; i < length; i++) {
            sum = sum * PRIME + value.charAt(i);
        }
        return mix('T', sum);
    }

    /** What the JDK's own toString() tells of a value whose content it is. */
    static String textOf(Object value) {
        if (value instanceof Date) {
            return ((Date) value).getTime() + "";
        }
        if (value instanceof Calendar) {
            Calendar calendar = (Calendar) ((Calendar) value).clone();
            return calendar.getTimeInMillis() + " " + calendar.getTimeZone().getID();
        }
        if (value instanceof BigInteger && ((BigInteger) value).bitLength() > WHOLE_MAX / 8) {
            return ((BigInteger) value).bitLength() + " bits";
        }
        return String.valueOf(value);
    }

    private long number(Object value) {
        if (value instanceof BigInteger) {
            return array(((BigInteger) value).toByteArray());
        }
        if (value instanceof BigDecimal) {
            BigDecimal decimal = (BigDecimal) value;
            return mix(array(decimal.unscaledValue().toByteArray()), decimal.scale());
        }
        if (value instanceof Pattern) {
            return mix(string(((Pattern) value).pattern()), ((Pattern) value).flags());
        }
        return string(textOf(value));
    }

    static Object messageOf(Throwable thrown) {
        return Fields.message(thrown);
    }

    private static Object causeOf(Throwable thrown) {
        Object cause = Fields.cause(thrown);
        return cause == thrown ? null : cause;
    }

    private long ordered(Object[] elements) {
        long sum = elements.length;
        for (Object element : elements) {
            sum = mix(sum, node(element));
        }
        return sum;
    }

    /** @param group how many belong together: a map's key and value */
    private long unordered(Object[] elements, int group) {
        long sum = elements.length;
        for (int i = 0; i + group <= elements.length; i += group) {
            long one = node(elements[i]);
            sum += spread(group == 1 ? one : mix(one, node(elements[i + 1])));
        }
        return sum;
    }

    /** The class of the JDK that the project's class extends. */
    static Class<?> extended(Class<?> type) {
        Class<?> at = type;
        while (!isOfJdk(at)) {
            at = at.getSuperclass();
        }
        return at;
    }

    static int sizeOf(Object container) {
        try {
            if (!isOfJdk(container.getClass())) {
                return Fields.size(container, extended(container.getClass()));
            }
            return container instanceof Map ? ((Map<?, ?>) container).size() : ((Collection<?>) container).size();
        } catch (RuntimeException e) {
            return -1;
        }
    }

    /** At most so many; of a map keys and values in turn. */
    static Object[] elementsOf(Object container, int max) {
        List<Object> elements = new ArrayList<>();
        try {
            if (!isOfJdk(container.getClass())) {
                addEntries(Fields.entries(container, extended(container.getClass())), elements, max);
            } else if (container instanceof Map) {
                addEntries(((Map<?, ?>) container).entrySet(), elements, max);
            } else {
                for (Object element : (Collection<?>) container) {
                    if (elements.size() >= max) {
                        break;
                    }
                    elements.add(element);
                }
            }
        } catch (RuntimeException e) {
            elements.add(CHANGED);  // another thread changes it meanwhile
        }
        return elements.toArray();
    }

    private static void addEntries(Iterable<?> entries, List<Object> elements, int max) {
        for (Object entry : entries) {
            if (elements.size() >= max) {
                break;
            }
            elements.add(((Map.Entry<?, ?>) entry).getKey());
            elements.add(((Map.Entry<?, ?>) entry).getValue());
        }
    }

    private long array(Object array) {
        if (array instanceof Object[]) {
            Object[] elements = (Object[]) array;
            long sum = elements.length;
            for (int i = 0; i < elements.length && left > 0; i++) {
                sum = mix(sum, node(elements[i]));
            }
            return sum;
        }
        int length = java.lang.reflect.Array.getLength(array);
        left -= Math.min(length, WHOLE_MAX) / CHARS_A_NODE;
        if (length <= WHOLE_MAX) {
            return primitives(array, 0, length, length);
        }
        return primitives(array, length - WHOLE_MAX / 2, length, primitives(array, 0, WHOLE_MAX / 2, length));
    }

    private static long primitives(Object array, int from, int to, long start) {
        long sum = start;
        if (array instanceof byte[]) {
            for (int i = from; i < to; i++) {
                sum = sum * PRIME + ((byte[]) array)[i];
            }
        } else if (array instanceof char[]) {
            for (int i = from; i < to; i++) {
                sum = sum * PRIME + ((char[]) array)[i];
            }
        } else if (array instanceof int[]) {
            for (int i = from; i < to; i++) {
                sum = sum * PRIME + ((int[]) array)[i];
            }
        } else if (array instanceof long[]) {
            for (int i = from; i < to; i++) {
                sum = sum * PRIME + ((long[]) array)[i];
            }
        } else if (array instanceof double[]) {
            for (int i = from; i < to; i++) {
                sum = sum * PRIME + Double.doubleToLongBits(((double[]) array)[i]);
            }
        } else if (array instanceof float[]) {
            for (int i = from; i < to; i++) {
                sum = sum * PRIME + Float.floatToIntBits(((float[]) array)[i]);
            }
        } else if (array instanceof short[]) {
            for (int i = from; i < to; i++) {
                sum = sum * PRIME + ((short[]) array)[i];
            }
        } else {
            for (int i = from; i < to; i++) {
                sum = sum * PRIME + (((boolean[]) array)[i] ? 1 : 0);
            }
        }
        return mix('A', sum);
    }

    private long fields(Object value) {
        if (value instanceof TimeZone && isOfJdk(value.getClass())) {
            return string(((TimeZone) value).getID());
        }
        return shaped(value, Shape.of(value.getClass()));
    }

    private long shaped(Object value, Shape shape) {
        int n = shape.ids.length;
        if (n == 0) {
            return 0;
        }
        long[] bits = new long[n];
        Object[] references = shape.hasReferences ? new Object[n] : null;
        Fields.read(value, shape.ids, shape.types, bits, references);
        long sum = n;
        for (int i = 0; i < n; i++) {
            sum = mix(sum, shape.types[i] == 'L' ? node(references[i]) : bits[i]);
        }
        return sum;
    }
}
