package direct;

import static org.junit.Assert.assertEquals;

import java.io.IOException;

import org.junit.After;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Ignore;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.ExternalResource;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** As {@link Jupiter}. */
public class Vintage {
    public abstract static class Base {
        @BeforeClass
        public static void first() {
            Log.add("first");
        }

        @Before
        public void open() {
            Log.add("open");
        }

        @After
        public void close() {
            Log.add("close");
        }

        @AfterClass
        public static void last() {
            Log.add("last");
        }

        @Test
        public void inherited() {
            Log.add("inherited");
        }
    }

    @Category(Base.class)
    public static class PlainChain extends Base {
        private int state;

        public PlainChain() {
            Log.add("new");
        }

        @BeforeClass
        public static void second() {
            Log.add("second");
        }

        @Before
        public void openMore() {
            Log.add("openMore");
        }

        @After
        public void closeMore() {
            Log.add("closeMore");
        }

        @AfterClass
        public static void lastButOne() {
            Log.add("lastButOne");
        }

        @Test
        public void counts() {
            assertEquals(1, ++state);
        }

        @Test
        public void countsAnew() {
            assertEquals(1, ++state);
        }

        @Test
        public void fails() {
            assertEquals(1, 2);
        }

        @Test
        public void assumes() {
            Assume.assumeTrue(false);
        }
    }

    public static class PlainExpects {
        @Test(expected = IOException.class)
        public void isThrown() throws IOException {
            throw new IOException("on purpose");
        }

        @Test(expected = Exception.class)
        public void isThrownMoreSpecial() throws IOException {
            throw new IOException("on purpose");
        }

        @Test(expected = IOException.class)
        public void isNotThrown() {
        }

        @Test(expected = IOException.class)
        public void isAnother() {
            throw new IllegalStateException("another");
        }

        @Test(expected = IOException.class)
        public void assumes() {
            Assume.assumeTrue(false);
        }

        @Test(expected = RuntimeException.class)
        public void assumesAsExpected() {
            Assume.assumeTrue(false);
        }
    }

    public static class PlainAfterFails {
        @After
        public void fails() {
            throw new IllegalStateException("after");
        }

        @Test
        public void passes() {
        }

        @Test
        public void failsBefore() {
            throw new IllegalArgumentException("before");
        }
    }

    public static class PlainBeforeFails {
        @Before
        public void fails() {
            throw new IllegalStateException("before");
        }

        @Test(expected = IllegalStateException.class)
        public void never() {
            Log.add("never");
        }

        @After
        public void after() {
            Log.add("after");
        }
    }

    public static class PlainBeforeClassFails {
        @BeforeClass
        public static void fails() {
            throw new IllegalStateException("before class");
        }

        @Test
        public void never() {
            Log.add("never");
        }

        @AfterClass
        public static void after() {
            Log.add("after class");
        }
    }

    public static class PlainBeforeClassAssumes {
        @BeforeClass
        public static void assumes() {
            Assume.assumeTrue(false);
        }

        @Test
        public void never() {
            Log.add("never");
        }
    }

    public static class PlainAfterClassFails {
        @Test
        public void passes() {
        }

        @AfterClass
        public static void fails() {
            throw new IllegalStateException("after class");
        }
    }

    public static class PlainNoInstance {
        public PlainNoInstance() {
            throw new IllegalStateException("no instance");
        }

        @Test
        public void never() {
        }
    }

    /* ---- and those that are not plain ---- */

    public static class Ruled {
        @Rule
        public final ExternalResource rule = new ExternalResource() {
            @Override
            protected void before() {
                Log.add("rule");
            }
        };

        @Test
        public void passes() {
        }
    }

    public static class ClassRuled {
        @ClassRule
        public static final ExternalResource RULE = new ExternalResource() {
            @Override
            protected void before() {
                Log.add("class rule");
            }
        };

        @Test
        public void passes() {
        }
    }

    @RunWith(JUnit4.class)
    public static class HasRunner {
        @Test
        public void passes() {
        }
    }

    public static class RunnerAbove extends HasRunner {
        @Test
        public void too() {
        }
    }

    public static class Timed {
        @Test(timeout = 100000)
        public void inAnotherThread() {
            Log.add(String.valueOf(Thread.currentThread().getName().equals("main")));
        }
    }

    @Ignore
    public static class Off {
        @Test
        public void passes() {
            throw new IllegalStateException("must not run");
        }
    }

    public static class PreparedTwice {
        @Before
        public void one() {
            Log.add("one");
        }

        @Before
        public void two() {
            Log.add("two");
        }

        @Test
        public void passes() {
        }
    }

    public static class Overrides extends Base {
        @Override
        public void open() {
            Log.add("not annotated");
        }
    }

    public static class Legacy extends junit.framework.TestCase {
        public void testOld() {
        }
    }
}
