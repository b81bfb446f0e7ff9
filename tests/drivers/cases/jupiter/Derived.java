package jupiter;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Derived extends Base {
    @Override
    int value() {
        return 1;
    }

    @Test
    void overloaded() {
    }

    @Test
    void overloaded(org.junit.jupiter.api.TestInfo info) {
    }

    @Nested
    class Inner {
        @Test
        void inner() {
        }

        @Nested
        class Deep {
            @Test
            void inner() {
            }
        }
    }

    static class Static {
        @Test
        void inStatic() {
        }
    }
}
