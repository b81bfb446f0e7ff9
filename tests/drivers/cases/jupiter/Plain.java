package jupiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Plain {
    @Test
    @Order(4)
    void passes() {
        assertEquals(4, 2 + 2);
    }

    @Test
    @Order(2)
    void fails() {
        fail("on purpose");
    }

    @Test
    @Order(3)
    @Disabled
    void disabled() {
        fail("must not run");
    }

    @Test
    @Order(1)
    void assumes() {
        assumeTrue(false, "never here");
    }
}
