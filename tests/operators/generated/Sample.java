import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

final class Sample {
    @Retention(RetentionPolicy.CLASS)
    @interface MyGenerated {
    }

    @MyGenerated
    int made(int a, int b) {
        return a + b;
    }

    int written(int a, int b) {
        return a - b;
    }

    @MyGenerated
    static final class SampleBuilder {
        int build(int n) {
            return -n;
        }
    }
}
