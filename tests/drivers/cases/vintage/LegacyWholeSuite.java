package vintage;

import junit.extensions.TestSetup;
import junit.framework.Test;
import junit.framework.TestSuite;

/** Of whole classes, one of them a suite, and of one that it sets up. */
public class LegacyWholeSuite {
    public static Test suite() {
        TestSuite inner = new TestSuite("inner");
        inner.addTest(LegacyKindOneTest.suite());
        inner.addTest(LegacyKindTwoTest.suite());
        TestSuite suite = new TestSuite("outer");
        suite.addTest(inner);
        suite.addTest(new TestSetup(new TestSuite(LegacySequenceTest.class)));
        suite.addTest(new TestSuite(LegacyTest.class));
        return suite;
    }
}
