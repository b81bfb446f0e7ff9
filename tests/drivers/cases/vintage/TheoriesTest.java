package vintage;

import static org.junit.Assert.assertTrue;

import org.junit.experimental.theories.DataPoints;
import org.junit.experimental.theories.Theories;
import org.junit.experimental.theories.Theory;
import org.junit.runner.RunWith;

@RunWith(Theories.class)
public class TheoriesTest {
    @DataPoints
    public static int[] numbers = {1, 2, 3};

    @Theory
    public void positive(int a, int b) {
        assertTrue(a + b > 0);
    }
}
