package varyharness;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * The fields of objects of one class, inherited ones first: all that are not static,
 * transient ones too (a test can see what they change); of classes of the JDK not
 * those that only remember what can be computed, nor counts of changes, nor what a
 * reader has read ahead.
 */
final class Shape {

    private static final Set<String> REMEMBERED = Collections.unmodifiableSet(new HashSet<>(
            Arrays.asList("modCount", "hash", "hashCode", "hashIsZero", "keySet", "values", "entrySet", "cb")));

    private static final ClassValue<Shape> SHAPES = new ClassValue<Shape>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(type);
        }
    };

    /** As {@link Fields#read} wants them. */
    final long[] ids;
    final byte[] types;
    final String[] names;
    final boolean hasReferences;

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private Shape(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        boolean isOfJdk = Digest.isOfJdk(type);
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            if (at == HashMap.class || at == LinkedHashMap.class) {
                break;  // that part is told as a map
            }
            fields.addAll(0, fieldsOf(at, isOfJdk));
        }
        ids = new long[fields.size()];
        types = new byte[fields.size()];
        names = new String[fields.size()];
        boolean references = false;
        for (int i = 0; i < ids.length; i++) {
            Field field = fields.get(i);
            ids[i] = Fields.id(field);
            types[i] = (byte) letter(field.getType());
            names[i] = field.getName();
            references |= types[i] == 'L';
        }
        hasReferences = references;
    }

    private static List<Field> fieldsOf(Class<?> declaring, boolean isOfJdk) {
        List<Field> kept = new ArrayList<>();
        boolean declaredByJdk = Digest.isOfJdk(declaring);
        if (declaring == Throwable.class) {
            return kept;
        }
        try {
            for (Field field : declaring.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                boolean isSkipped = Modifier.isStatic(modifiers)
                        || isOfJdk && Modifier.isTransient(modifiers)
                        || declaredByJdk && REMEMBERED.contains(field.getName());
                if (!isSkipped) {
                    kept.add(field);
                }
            }
        } catch (LinkageError e) {
            return kept;    // the type of a field is not there: so are all its values null
        }
        return kept;
    }

    private static char letter(Class<?> type) {
        return type.isPrimitive() ? java.lang.reflect.Array.newInstance(type, 0).getClass().getName().charAt(1) : 'L';
    }
}
