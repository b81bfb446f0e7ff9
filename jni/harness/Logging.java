package varyharness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The configuration of java.util.logging, which tests change through loggers and
 * as a whole. Not every JVM has that module, so only {@link Defaults} knows this
 * class.
 */
final class Logging {
    private Logger root;
    private Handler[] handlers;
    private Level level;
    private volatile boolean configured;

    void putBack() {
        LogManager manager = LogManager.getLogManager();
        try {
            if (root == null) {
                manager.addConfigurationListener(() -> configured = true);
                configured = true;
            }
            if (configured) {
                manager.readConfiguration();
                configured = false;
                root = Logger.getLogger("");
                handlers = root.getHandlers();
                level = root.getLevel();
            }
        } catch (Exception e) {
            return;	// a configuration of the user's that cannot be read
        }
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            if (logger != null && logger != root) {
                putBack(logger, null, new Handler[0]);
            }
        }
        putBack(root, level, handlers);
    }

    private static void putBack(Logger logger, Level level, Handler[] handlers) {
        if (logger.getLevel() != level) {
            logger.setLevel(level);
        }
        if (logger.getFilter() != null) {
            logger.setFilter(null);
        }
        if (!logger.getUseParentHandlers()) {
            logger.setUseParentHandlers(true);
        }
        Handler[] now = logger.getHandlers();
        if (!Arrays.equals(now, handlers)) {
            List<Handler> missing = new ArrayList<>(Arrays.asList(handlers));
            for (Handler handler : now) {
                if (!missing.remove(handler)) {
                    logger.removeHandler(handler);
                }
            }
            missing.forEach(logger::addHandler);
        }
    }
}
