package jupiter;

import org.junit.jupiter.api.Test;

class ConstructorFails {
    ConstructorFails() {
        throw new IllegalStateException("no instance");
    }

    @Test
    void a() {
    }
}
