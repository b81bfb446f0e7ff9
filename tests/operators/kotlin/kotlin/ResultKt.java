package kotlin;

public final class ResultKt {
    public static void throwOnFailure(Object result) {
    }
}
