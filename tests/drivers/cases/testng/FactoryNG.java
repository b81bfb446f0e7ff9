package testng;

import static org.testng.Assert.assertTrue;

import org.testng.annotations.Factory;
import org.testng.annotations.Test;

public class FactoryNG {
    private final int n;

    public FactoryNG(int n) {
        this.n = n;
    }

    public FactoryNG() {
        this(0);
    }

    @Factory
    public static Object[] make() {
        return new Object[] {new FactoryNG(1), new FactoryNG(2)};
    }

    @Test
    public void one() {
        assertTrue(n != 2, "second instance");
    }

    @Test
    public void two() {
    }
}
