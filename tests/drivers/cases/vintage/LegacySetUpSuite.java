package vintage;

import junit.extensions.TestSetup;
import junit.framework.Test;
import junit.framework.TestCase;

/** Tests whose common set-up fails. */
public class LegacySetUpSuite {
    public static Test suite() {
        return new TestSetup(new Never()) {
            @Override
            protected void setUp() {
                throw new IllegalStateException("no common set-up");
            }
        };
    }

    private static class Never extends TestCase {
        Never() {
            super("never");
        }

        @Override
        protected void runTest() {
        }
    }
}
