package vintage;

import static org.junit.Assume.assumeTrue;

import java.util.Arrays;
import java.util.Collection;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.junit.runners.Parameterized;

@RunWith(Parameterized.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class PartlyAssumedTest {
    private final int n;

    public PartlyAssumedTest(int n) {
        this.n = n;
    }

    @Parameterized.Parameters
    public static Collection<Object[]> data() {
        return Arrays.asList(new Object[] {1}, new Object[] {2});
    }

    @Test
    public void first() {
        assumeTrue(n == 1);
    }

    @Test
    public void last() {
        assumeTrue(n == 2);
    }

    @Test
    public void none() {
        assumeTrue(n == 3);
    }
}
