package vintage;

import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;

/** Gives the tests of several classes the same further test, each with something of their own. */
public abstract class LegacyKind extends TestCase {
    protected abstract int size();

    static Test suite(Class<?> type, LegacyKind kind) {
        TestSuite suite = new TestSuite(type.getSimpleName());
        suite.addTest(new TestSuite(type));
        suite.addTest(new Part(kind));
        return suite;
    }

    public static class Part extends TestCase {
        private final LegacyKind kind;

        Part(LegacyKind kind) {
            super("part");
            this.kind = kind;
        }

        @Override
        protected void runTest() {
            assertEquals("size", 1, kind.size());
        }
    }
}
