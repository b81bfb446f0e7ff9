package vintage;

import org.junit.Test;

public class BrokenTest {
    @Test
    public void a() {
    }

    @Test
    public int returnsSomething() {
        return 1;
    }
}
