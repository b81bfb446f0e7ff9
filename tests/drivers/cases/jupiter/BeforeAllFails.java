package jupiter;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BeforeAllFails {
    @BeforeAll
    static void before() {
        throw new IllegalStateException("no set-up");
    }

    @Test
    void a() {
    }

    @Test
    void b() {
    }
}
