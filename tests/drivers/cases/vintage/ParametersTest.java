package vintage;

import static org.junit.Assert.assertNotEquals;

import java.util.Arrays;
import java.util.Collection;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.junit.runners.Parameterized;

@RunWith(Parameterized.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class ParametersTest {
    private final int n;

    public ParametersTest(int n, Object text) {
        this.n = n;
    }

    @Parameterized.Parameters(name = "{0}: {1}")
    public static Collection<Object[]> data() {
        return Arrays.asList(new Object[] {1, new Object()}, new Object[] {2, "x (y)"}, new Object[] {3, "z"});
    }

    @Test
    public void one() {
        System.setProperty("vary.drivers.invocation", "" + n);
        assertNotEquals("two", 2, n);
    }

    @Test
    public void two() {
    }
}
