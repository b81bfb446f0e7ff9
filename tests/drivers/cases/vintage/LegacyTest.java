package vintage;

import junit.framework.TestCase;

public class LegacyTest extends TestCase {
    private boolean ready;

    @Override
    protected void setUp() {
        ready = true;
    }

    public void testOne() {
        assertTrue(ready);
    }

    public void testTwo() {
        fail("on purpose");
    }
}
