import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

final class Sample {
    private static final Logger JUL = Logger.getLogger("sample");
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Sample.class);

    int work(int n) {
        LOG.info("working on {} of {}", n + 1, name(n));
        if (LOG.isDebugEnabled())
            LOG.debug("n is " + n);
        if (JUL.isLoggable(Level.FINE) && n > 2)
            JUL.fine("n is " + n);
        return n * 2;
    }

    String name(int n) {
        return "n" + n;
    }

    String loggerName() {
        return JUL.getName();
    }
}
