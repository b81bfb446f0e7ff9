package vintage;

import junit.framework.TestCase;

/** What other tests could extend. */
public class LegacyBase extends TestCase {
    public static class PartTest extends TestCase {
        private PartTest() {
        }
    }
}
