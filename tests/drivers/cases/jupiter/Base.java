package jupiter;

import org.junit.jupiter.api.Test;

abstract class Base {
    @Test
    void inherited() {
        value();
    }

    abstract int value();
}
