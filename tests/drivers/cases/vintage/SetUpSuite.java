package vintage;

import org.junit.BeforeClass;
import org.junit.runner.RunWith;
import org.junit.runners.Suite;

/** What its class needs comes from it. */
@RunWith(Suite.class)
@Suite.SuiteClasses(SetUpSuite.Part.class)
public class SetUpSuite {
    static boolean ready;

    @BeforeClass
    public static void ready() {
        ready = true;
    }

    public static class Part {
        @org.junit.Test
        public void shared() {
            org.junit.Assert.assertTrue(ready);
        }
    }
}
