package vintage;

import org.junit.BeforeClass;
import org.junit.Test;

public class BeforeClassFailsTest {
    @BeforeClass
    public static void before() {
        throw new IllegalStateException("no set-up");
    }

    @Test
    public void a() {
    }
}
