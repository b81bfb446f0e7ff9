package jupiter;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(MethodOrderer.MethodName.class)
class Sequence {
    @Test
    void a() {
    }

    @Test
    void b() {
    }

    @Nested
    class Later {
        @Test
        void c() {
        }
    }

    @Nested
    class Last {
        @Test
        void d() {
        }
    }

    @AfterAll
    static void after() {
        System.setProperty("vary.drivers.afterAll", "true");
    }
}
