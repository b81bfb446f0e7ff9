package vintage;

import junit.framework.TestCase;

public class LegacySequenceTest extends TestCase {
    public void testA() {
    }

    public void testB() {
    }
}
