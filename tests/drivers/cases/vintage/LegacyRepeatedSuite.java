package vintage;

import junit.extensions.RepeatedTest;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;

/** Two tests that run in turns, and fail late. */
public class LegacyRepeatedSuite {
    public static Test suite() {
        TestSuite two = new TestSuite("two");
        two.addTest(new Counted("third"));
        two.addTest(new Counted("fourth"));
        return new RepeatedTest(two, 3);
    }

    private static class Counted extends TestCase {
        private int runs;

        Counted(String name) {
            super(name);
        }

        @Override
        protected void runTest() {
            runs++;
            assertTrue("third time", runs < 3 || getName().equals("fourth"));
        }
    }
}
