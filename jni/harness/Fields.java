package varyharness;

import java.lang.reflect.Field;

/**
 * Reading fields of any object, whatever its class and module allow, and without
 * opening them to anybody: in C, where access is not checked.
 */
final class Fields {

    private Fields() {
    }

    /** How {@link #read} knows the field, which is not static. It holds while its class is there. */
    static native long id(Field field);

    /**
     * The values of fields of an object.
     *
     * @param types of each field, as in descriptors, L for all references
     * @param bits gets the primitive values, floats and doubles as their bits
     * @param references gets the others; may be null where there are none
     */
    static native void read(Object object, long[] ids, byte[] types, long[] bits, Object[] references);

    /** The message and the cause that a Throwable was made with, whatever its methods say. */
    static native Object message(Throwable thrown);

    static native Object cause(Throwable thrown);

    /** The entries of a map that extends one of the JDK's, as that would give them. */
    static native Iterable<?> entries(Object map, Class<?> extended);

    static native int size(Object map, Class<?> extended);
}
