package vintage;

import junit.framework.TestCase;

/** JUnit 3 cannot run one of the two. */
public class LegacyPartTest extends TestCase {
    public void testGood() {
    }

    void testHidden() {
    }
}
