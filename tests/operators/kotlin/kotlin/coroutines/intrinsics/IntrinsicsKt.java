package kotlin.coroutines.intrinsics;

public final class IntrinsicsKt {
    public static Object getCOROUTINE_SUSPENDED() {
        return IntrinsicsKt.class;
    }
}
