package vintage;

import org.junit.AfterClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class SequenceTest {
    @Test
    public void a() {
    }

    @Test
    public void b() {
    }

    @Test
    public void c() {
        System.setProperty("vary.drivers.ran", "c");
    }

    @AfterClass
    public static void after() {
        System.setProperty("vary.drivers.afterClass", "true");
    }
}
