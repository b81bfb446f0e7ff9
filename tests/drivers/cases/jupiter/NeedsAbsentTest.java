package jupiter;

import org.junit.jupiter.api.Test;

/** Its field's class is deleted after compiling. */
class NeedsAbsentTest {
    @Test
    void a() {
    }

    Absent method() {
        return null;
    }
}
