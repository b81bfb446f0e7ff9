package vintage;

import org.junit.runner.Description;
import org.junit.runner.RunWith;
import org.junit.runner.Runner;
import org.junit.runner.notification.RunNotifier;

/** A runner that can choose nothing. */
@RunWith(CustomRunnerTest.Fixed.class)
public class CustomRunnerTest {
    public static class Fixed extends Runner {
        private final Class<?> type;

        public Fixed(Class<?> type) {
            this.type = type;
        }

        @Override
        public Description getDescription() {
            Description all = Description.createSuiteDescription(type);
            all.addChild(Description.createTestDescription(type, "first"));
            all.addChild(Description.createTestDescription(type, "second thing"));
            return all;
        }

        @Override
        public void run(RunNotifier notifier) {
            for (Description test : getDescription().getChildren()) {
                notifier.fireTestStarted(test);
                notifier.fireTestFinished(test);
            }
        }
    }
}
