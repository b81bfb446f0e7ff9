package varyharness;

import java.lang.reflect.Array;
import java.lang.reflect.Method;

/**
 * A value as people read it, and cut short: a Java literal for what has one, else the
 * class and what is in it. Like {@link Digest} it calls no code of the project.
 */
final class Text {

    static final int MAX = 120;
    private static final String CUT = "...";
    private static final int DEPTH_MAX = 3;

    private final StringBuilder out = new StringBuilder();

    private Text() {
    }

    static String of(long bits, char type) {
        switch (type) {
            case 'Z':
                return bits != 0 ? "true" : "false";
            case 'C':
                return "'" + escaped((char) bits, '\'') + "'";
            case 'J':
                return bits + "L";
            case 'F':
                return of(Float.intBitsToFloat((int) bits));
            case 'D':
                return of(Double.longBitsToDouble(bits));
            default:
                return Long.toString(bits);
        }
    }

    private static String of(float value) {
        if (value != value) {
            return "Float.NaN";
        }
        if (Float.isInfinite(value)) {
            return value > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY";
        }
        return value + "f";
    }

    private static String of(double value) {
        if (value != value) {
            return "Double.NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
        }
        return Double.toString(value);
    }

    static String of(Object value) {
        Text text = new Text();
        text.add(value, 0);
        return text.cut();
    }

    /** @param method null where it is not known */
    static String ofCall(Method method, Object[] arguments) {
        Text text = new Text();
        if (method != null) {
            text.out.append(simple(method.getDeclaringClass())).append('.').append(method.getName());
        }
        text.out.append('(');
        for (int i = 0; i < arguments.length && !text.isFull(); i++) {
            text.out.append(i > 0 ? ", " : "");
            text.add(arguments[i], 1);
        }
        text.out.append(')');
        return text.cut();
    }

    private boolean isFull() {
        return out.length() > MAX;
    }

    private String cut() {
        if (!isFull()) {
            return out.toString();
        }
        int end = MAX - CUT.length();
        if (Character.isHighSurrogate(out.charAt(end - 1))) {
            end--;
        }
        return out.substring(0, end) + CUT;
    }

    private void add(Object value, int depth) {
        if (isFull()) {
            return;
        }
        if (value == null) {
            out.append("null");
            return;
        }
        Class<?> type = value.getClass();
        switch (Digest.kindOf(type)) {
            case STRING:
                addString((String) value);
                break;
            case BOXED:
                addBoxed(value);
                break;
            case ENUM:
                out.append(simple(((Enum<?>) value).getDeclaringClass())).append('.').append(((Enum<?>) value).name());
                break;
            case CLASS:
                out.append(simple((Class<?>) value)).append(".class");
                break;
            case TEXT:
            case NUMBER:
                out.append(simple(type)).append('{').append(Digest.textOf(value)).append('}');
                break;
            case THROWABLE:
                addThrowable((Throwable) value);
                break;
            case ARRAY:
                addArray(value, depth);
                break;
            case ORDERED:
            case UNORDERED:
            case ORDERED_MAP:
            case UNORDERED_MAP:
                addElements(value, depth);
                break;
            case FIELDS:
                addFields(value, depth);
                break;
            default:
                out.append(simple(type));
                break;
        }
    }

    /** The last part of the name, without what is different each time. */
    static String simple(Class<?> type) {
        String name = Digest.nameOf(type);
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    private void addBoxed(Object value) {
        if (value instanceof Character) {
            out.append(of((char) value, 'C'));
        } else if (value instanceof Long) {
            out.append(value).append('L');
        } else if (value instanceof Float) {
            out.append(of((float) value));
        } else if (value instanceof Double) {
            out.append(of((double) value));
        } else {
            out.append(value);
        }
    }

    private void addString(String value) {
        out.append('"');
        for (int i = 0; i < value.length() && !isFull(); i++) {
            out.append(escaped(value.charAt(i), '"'));
        }
        out.append('"');
    }

    private static String escaped(char c, char quote) {
        switch (c) {
            case '\n':
                return "\\n";
            case '\r':
                return "\\r";
            case '\t':
                return "\\t";
            case '\b':
                return "\\b";
            case '\f':
                return "\\f";
            case '\\':
                return "\\\\";
            default:
                if (c == quote) {
                    return "\\" + c;
                }
                return c < ' ' || c == 127 || c >= '\ufffe' || Character.isSurrogate(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c);
        }
    }

    private void addThrowable(Throwable value) {
        out.append(simple(value.getClass())).append('{');
        Object message = Digest.messageOf(value);
        add(message, DEPTH_MAX);
        out.append('}');
    }

    private void addArray(Object array, int depth) {
        int length = Array.getLength(array);
        out.append(simple(array.getClass().getComponentType())).append('[').append(length).append(']');
        if (depth >= DEPTH_MAX) {
            return;
        }
        out.append('{');
        for (int i = 0; i < length && !isFull(); i++) {
            out.append(i > 0 ? ", " : "");
            add(Array.get(array, i), depth + 1);
        }
        out.append('}');
    }

    private void addElements(Object container, int depth) {
        Object[] elements = Digest.elementsOf(container, MAX);
        boolean isMap = container instanceof java.util.Map;
        out.append(simple(container.getClass())).append('[').append(Digest.sizeOf(container)).append(']');
        if (depth >= DEPTH_MAX) {
            return;
        }
        out.append('{');
        for (int i = 0; i < elements.length && !isFull(); i++) {
            out.append(i == 0 ? "" : isMap && i % 2 == 1 ? "=" : ", ");
            add(elements[i], depth + 1);
        }
        out.append('}');
    }

    private void addFields(Object value, int depth) {
        Shape shape = Shape.of(value.getClass());
        out.append(simple(value.getClass()));
        if (depth >= DEPTH_MAX || shape.names.length == 0) {
            return;
        }
        Object[] references = new Object[shape.names.length];
        long[] bits = new long[shape.names.length];
        Fields.read(value, shape.ids, shape.types, bits, references);
        out.append('{');
        for (int i = 0; i < bits.length && !isFull(); i++) {
            out.append(i > 0 ? ", " : "").append(shape.names[i]).append('=');
            if (shape.types[i] == 'L') {
                add(references[i], depth + 1);
            } else {
                out.append(of(bits[i], (char) shape.types[i]));
            }
        }
        out.append('}');
    }
}
