import kotlin.jvm.internal.Intrinsics;
import kotlin.ranges.IntProgression;

/** What kotlinc writes, in Java. */
final class Sample {
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
}
