import kotlin.Metadata;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.jvm.internal.Intrinsics;
import kotlin.ranges.IntProgression;

/** What kotlinc writes, in Java. */
@Metadata
final class Sample implements Sample$Named {
    static final Sample$Companion Companion = new Sample$Companion();

    private final int count;
    private final boolean isOpen;

    Sample(int count, boolean isOpen) {
        this.count = count;
        this.isOpen = isOpen;
    }

    int length(String name) {
        Intrinsics.checkNotNullParameter(name, "name");
        return name.length();
    }

    static int length$default(Sample self, String name, int mask) {
        if ((mask & 1) != 0)
            name = "none";
        return self.length(name);
    }

    boolean same(Object a, Object b) {
        return Intrinsics.areEqual(a, b);
    }

    int last(IntProgression steps) {
        return steps.getLast();
    }

    int getCount() {
        return count;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** One that a person wrote. */
    int getSize() {
        return count;
    }

    static int twice(int n) {
        return Companion.twice(n);
    }

    public String hello(String to) {
        return Sample$Named$DefaultImpls.hello(this, to);
    }

    Object run() {
        length("run");
        return Unit.INSTANCE;
    }

    int sum(int n) {
        int sum = 0;
        int i = 0;
        if (i <= n)
            while (true) {
                sum += i;
                if (i == n) break; i++;
            }
        return sum;
    }

    Object suspending(int n, Continuation $completion) {
        Sample$suspending$1 continuation;
        if ($completion instanceof Sample$suspending$1
                && (((Sample$suspending$1) $completion).label & Integer.MIN_VALUE) != 0) {
            continuation = (Sample$suspending$1) $completion;
            continuation.label -= Integer.MIN_VALUE;
        } else {
            continuation = new Sample$suspending$1();
        }
        Object result = continuation.result;
        Object suspended = IntrinsicsKt.getCOROUTINE_SUSPENDED();
        switch (continuation.label) {
            case 0:
                ResultKt.throwOnFailure(result);
                continuation.label = 1;
                result = Sample$Companion.slow(n, continuation);
                if (result == suspended)
                    return suspended;
                break;
            default:
                ResultKt.throwOnFailure(result);
        }
        return result;
    }
}

@Metadata
final class Sample$Companion {
    int twice(int n) {
        return n * 2;
    }

    static Object slow(int n, Continuation $completion) {
        return n;
    }
}

interface Sample$Named {
    String hello(String to);
}

@Metadata
final class Sample$Named$DefaultImpls {
    static String hello(Sample$Named self, String to) {
        return to.trim();
    }
}

final class Sample$suspending$1 implements Continuation {
    int label;
    Object result;
}

/** The same by hand is a person's. */
final class SampleOfJava {
    static final SampleOfJava INSTANCE = new SampleOfJava();

    private int count;
    private int label;

    static boolean isLabelled() {
        return INSTANCE.isLabelled(1);
    }

    boolean isLabelled(int n) {
        return label == n;
    }

    int getCount() {
        return count;
    }
}
