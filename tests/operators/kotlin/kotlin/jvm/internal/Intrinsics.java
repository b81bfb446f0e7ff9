package kotlin.jvm.internal;

public final class Intrinsics {
    public static void checkNotNullParameter(Object value, String name) {
    }

    public static boolean areEqual(Object a, Object b) {
        return a == b;
    }
}
