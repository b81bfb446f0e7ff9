package jupiter;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@Disabled
class AllDisabled {
    static {
        System.setProperty("vary.drivers.initialised", "true");
    }

    @Test
    void a() {
    }

    @Nested
    class Inner {
        @Test
        void b() {
        }
    }
}
