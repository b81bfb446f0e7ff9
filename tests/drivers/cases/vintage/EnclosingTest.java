package vintage;

import org.junit.Test;
import org.junit.experimental.runners.Enclosed;
import org.junit.runner.RunWith;

@RunWith(Enclosed.class)
public class EnclosingTest {
    public static class First {
        @Test
        public void inFirst() {
        }
    }

    public abstract static class Shared {
        @Test
        public void shared() {
        }
    }

    public static class Second extends Shared {
    }
}
