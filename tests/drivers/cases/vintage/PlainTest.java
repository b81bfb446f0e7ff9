package vintage;

import static org.junit.Assert.fail;

import org.junit.Assume;
import org.junit.FixMethodOrder;
import org.junit.Ignore;
import org.junit.Test;
import org.junit.runners.MethodSorters;

@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class PlainTest {
    @Test
    public void a_assumes() {
        Assume.assumeTrue(false);
    }

    @Test
    public void b_fails() {
        fail("on purpose");
    }

    @Test
    @Ignore
    public void c_ignored() {
        fail("must not run");
    }

    @Test
    public void d_passes() {
    }

    @Test(timeout = 10000)
    public void e_inThread() {
    }
}
