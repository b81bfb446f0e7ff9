package jupiter;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BeforeAllAssumes {
    @BeforeAll
    static void before() {
        Assumptions.assumeTrue(false);
    }

    @Test
    void a() {
    }
}
