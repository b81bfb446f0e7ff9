package varyharness;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps a driver's promises to a {@link Driver.Listener}: one pair of started
 * and finished for every unit, the first failure of all invocations, and
 * silence after a stop.
 */
final class UnitEvents {
    private final String container;
    private final Set<String> pending;
    private final Driver.Listener listener;
    private String running;
    private Throwable failure;
    private boolean passed;
    private boolean aborted;
    private boolean containerFailed;
    private Driver.Stop stop;

    UnitEvents(String container, List<String> ids, Driver.Listener listener) {
        this.container = container;
        this.pending = new LinkedHashSet<>(ids);
        this.listener = listener;
    }

    /** Throws again what the listener threw: an engine may have caught it. */
    void proceed() {
        if (stop != null) {
            throw stop;
        }
    }

    boolean isStopped() {
        return stop != null;
    }

    void started(String id) {
        proceed();
        if (!pending.remove(id)) {
            return;
        }
        running = id;
        failure = null;
        passed = false;
        aborted = false;
        tell(() -> listener.started(id));
    }

    void passed(String id) {
        passed |= id.equals(running);
    }

    /** An assumption did not hold in an invocation of the unit. */
    void aborted(String id) {
        aborted |= id.equals(running);
    }

    /** May throw a stop: further invocations would change nothing. */
    void failed(String id, Throwable cause) {
        if (stop == null && id.equals(running) && failure == null) {
            failure = cause;
            if (listener.endsAtFailure()) {
                finished(id);
            }
        }
    }

    void finished(String id) {
        if (stop != null || !id.equals(running)) {
            return;
        }
        running = null;
        Throwable cause = failure;
        failure = null;
        boolean skipped = cause == null && aborted && !passed;
        tell(() -> listener.finished(id, cause, skipped));
    }

    void skipped(String id) {
        started(id);
        aborted(id);
        finished(id);
    }

    void containerFailed(Throwable cause) {
        if (stop == null && cause instanceof Driver.Stop) {
            stop = (Driver.Stop) cause; // it hit the engine between two tests
        }
        if (stop == null) {
            containerFailed = true;
            tell(() -> listener.containerFailed(container, cause));
        }
    }

    /**
     * Ends what is still open: a unit whose end the engine did not tell, and
     * units that never came up (unless the container's failure explains it).
     *
     * @throws Driver.Stop if the run was stopped
     */
    void close() {
        proceed();
        if (running != null) {
            finished(running);
        }
        if (!containerFailed) {
            for (String id : pending.toArray(new String[0])) {
                skipped(id);
            }
        }
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (Driver.Stop e) {
            stop = e;
            throw e;
        }
    }
}
