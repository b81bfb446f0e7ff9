package vintage;

import junit.extensions.TestSetup;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;

/** Makes tests that no class would give by itself, and repeats one that does. */
public class LegacySuite {
    public static Test suite() {
        TestSuite inner = new TestSuite("inner");
        inner.addTest(new Made("made 1"));
        inner.addTest(new Made("made 2"));
        TestSuite suite = new TestSuite("outer");
        suite.addTestSuite(LegacyTest.class);
        suite.addTest(inner);
        suite.addTest(new TestSetup(new Made("made 3")));
        return suite;
    }

    private static class Made extends TestCase {
        Made(String name) {
            super(name);
        }

        @Override
        protected void runTest() {
            System.setProperty("vary.drivers.made", System.getProperty("vary.drivers.made", "") + getName() + ";");
        }
    }
}
