package direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Those that are plain say so by their names; all others need their engine. */
class Jupiter {
    @Retention(RetentionPolicy.RUNTIME)
    @interface Foreign {
    }

    @Retention(RetentionPolicy.RUNTIME)
    @BeforeEach
    @interface Prepares {
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Loud.class)
    @interface Extends {
    }

    static class Loud implements AfterEachCallback {
        @Override
        public void afterEach(org.junit.jupiter.api.extension.ExtensionContext context) {
            Log.add("loud");
        }
    }

    abstract static class Base {
        @BeforeAll
        static void first() {
            Log.add("first");
        }

        @BeforeEach
        void open() {
            Log.add("open");
        }

        @AfterEach
        void close() {
            Log.add("close");
        }

        @AfterAll
        static void last() {
            Log.add("last");
        }

        @Test
        void inherited() {
            Log.add("inherited");
        }

        @Test
        void overridden() {
            Log.add("overridden");
        }
    }

    @Tag("chain")
    @DisplayName("all at once")
    @Foreign
    static class PlainChain extends Base {
        @Foreign
        private int state;

        PlainChain() {
            Log.add("new");
        }

        @BeforeAll
        static void second() {
            Log.add("second");
        }

        @BeforeEach
        void openMore() {
            Log.add("openMore");
        }

        @AfterEach
        void closeMore() {
            Log.add("closeMore");
        }

        @AfterAll
        static void lastButOne() {
            Log.add("lastButOne");
        }

        @Test
        void counts() {
            assertEquals(1, ++state);
        }

        @Test
        @Tag("more")
        void countsAnew() {
            assertEquals(1, ++state);
        }

        @Test
        @Foreign
        void fails() {
            assertEquals(1, 2);
        }

        @Test
        void throwsChecked() throws IOException {
            throw new IOException("no such disk");
        }

        @Test
        void assumes() {
            assumeTrue(false);
        }

        @Override
        @Test
        void overridden() {
            Log.add("overriding");
        }
    }

    static class PlainAfterFails {
        @AfterEach
        void fails() {
            throw new IllegalStateException("after");
        }

        @Test
        void passes() {
        }

        @Test
        void failsBefore() {
            throw new IllegalArgumentException("before");
        }

        @Test
        void assumes() {
            assumeTrue(false);
        }
    }

    static class PlainBeforeFails {
        @BeforeEach
        void fails() {
            throw new IllegalStateException("before");
        }

        @Test
        void never() {
            Log.add("never");
        }

        @AfterEach
        void after() {
            Log.add("after");
        }
    }

    static class PlainBeforeAssumes {
        @BeforeEach
        void assumes() {
            assumeTrue(false);
        }

        @Test
        void never() {
            Log.add("never");
        }
    }

    static class PlainBeforeAllFails {
        @BeforeAll
        static void fails() {
            throw new IllegalStateException("before all");
        }

        @Test
        void never() {
            Log.add("never");
        }

        @AfterAll
        static void after() {
            Log.add("after all");
        }
    }

    static class PlainBeforeAllAssumes {
        @BeforeAll
        static void assumes() {
            assumeTrue(false);
        }

        @Test
        void never() {
            Log.add("never");
        }
    }

    static class PlainAfterAllFails {
        @Test
        void passes() {
        }

        @AfterAll
        static void fails() {
            throw new IllegalStateException("after all");
        }
    }

    static class PlainNoInstance {
        PlainNoInstance() {
            throw new IllegalStateException("no instance");
        }

        @BeforeEach
        void before() {
            Log.add("before");
        }

        @Test
        void never() {
        }
    }

    static class PlainNoClass {
        static final int BROKEN = Integer.parseInt("none");

        @Test
        void never() {
        }

        @Test
        void neither() {
        }
    }

    static class PlainNestedBeside {
        @Test
        void outside() {
        }
    }

    /* ---- and those that are not plain ---- */

    static class OneOfThemTakesInfo {
        @Test
        void plain() {
        }

        @Test
        void informed(TestInfo info) {
        }
    }

    static class HasNested {
        @Nested
        class Inside {
            @Test
            void inner() {
            }
        }
    }

    @ExtendWith(Loud.class)
    static class Extended {
        @Test
        void passes() {
        }
    }

    @Extends
    static class ExtendedByAnother {
        @Test
        void passes() {
        }
    }

    static class ExtendedAbove extends Extended {
        @Test
        void too() {
        }
    }

    static class Registers {
        @RegisterExtension
        final Loud loud = new Loud();

        @Test
        void passes() {
        }
    }

    static class HasFolder {
        @TempDir
        Path folder;

        @Test
        void passes() {
            folder.toString();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        private int state;

        @Test
        void a() {
            Log.add("state " + ++state);
        }

        @Test
        void b() {
            Log.add("state " + ++state);
        }
    }

    @TestMethodOrder(MethodOrderer.Random.class)
    static class Ordered {
        @Test
        void a() {
        }
    }

    static class Prepared {
        @Prepares
        void before() {
            Log.add("prepared");
        }

        @Test
        void passes() {
        }
    }

    static class PreparedTwice {
        @BeforeEach
        void one() {
            Log.add("one");
        }

        @BeforeEach
        void two() {
            Log.add("two");
        }

        @Test
        void passes() {
        }
    }

    static class Overrides extends Base {
        @Override
        void open() {
            Log.add("not annotated");
        }
    }

    interface Opens {
        @BeforeEach
        default void opens() {
            Log.add("opens");
        }
    }

    static class OpensByInterface implements Opens {
        @Test
        void passes() {
        }
    }

    static class Informed {
        @BeforeEach
        void before(TestInfo info) {
            Log.add(info.getDisplayName());
        }

        @Test
        void passes() {
        }
    }

    static class MadeInformed {
        MadeInformed(TestInfo info) {
            Log.add(info.getDisplayName());
        }

        @Test
        void passes() {
        }
    }

    @Timeout(100)
    static class Timed {
        @Test
        void passes() {
        }
    }

    @Disabled
    static class Off {
        @Test
        void passes() {
            throw new IllegalStateException("must not run");
        }
    }

    static class OneIsOff {
        @Test
        @Disabled
        void off() {
            throw new IllegalStateException("must not run");
        }
    }

    static class Repeats {
        @RepeatedTest(3)
        void thrice() {
            Log.add("once");
        }
    }
}
