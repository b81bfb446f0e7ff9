package varyharness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run: units of some containers, in a loader and on a thread of their own. */
final class Run implements Runnable, Driver.Listener {

    static final class Group {
        final Driver driver;
        final String container;
        final boolean whole;
        final List<String> ids;
        final long[] budgets;

        /** @param budgets of loops for each of the ids, 0: none */
        Group(Driver driver, String container, boolean whole, String[] ids, long[] budgets) {
            this.driver = driver;
            this.container = container;
            this.whole = whole;
            this.ids = List.of(ids);
            this.budgets = budgets;
        }
    }

    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int SKIPPED = 2;

    private final long worker;
    private final int job;
    private final Loader loader;
    private final Group[] groups;
    private final Shared shared;

    private int group;
    private int first;
    private final Map<String, Integer> units = new HashMap<>();

    Run(long worker, int job, Loader loader, Group[] groups, Shared shared) {
        this.worker = worker;
        this.job = job;
        this.loader = loader;
        this.groups = groups;
        this.shared = shared;
    }

    Thread thread() {
        ThreadGroup own = new ThreadGroup(shared.group, "main");
        if (Runtime.version().feature() < 19) {
            own.setDaemon(true);	// else its parent would hold it for ever
        }
        Thread thread = new Thread(own, this, "main");
        thread.setContextClassLoader(loader);
        return thread;
    }

    @Override
    public void run() {
        Native.work(worker, job, this);
    }

    /** Called by the worker, which then calls {@link #cleanUp}, whatever came out of this. */
    void execute() {
        shared.enter();
        if (loader.tracer != null) {
            shared.printing.listen(Thread.currentThread().getThreadGroup(), loader.tracer);
        }
        for (group = 0; group < groups.length; group++) {
            Group now = groups[group];
            units.clear();
            for (int i = 0; i < now.ids.size(); i++) {
                units.put(now.ids.get(i), first + i);
            }
            loader.allow(now.budgets.length > 0 ? now.budgets[0] : 0);
            try {
                now.driver.run(loader, now.container, now.ids, now.whole, this);
            } catch (StackOverflowError | OutOfMemoryError e) {
                containerFailed(now.container, e);
            }
            first += now.ids.size();
        }
    }

    /** After the last of the run's own code: returns the number of threads that could not be stopped. */
    int cleanUp() {
        int left = shared.threads.end(job, loader, shared.isAlone());
        Notes.forget(loader);
        shared.printing.forget(Thread.currentThread().getThreadGroup());
        Native.lastPoints(worker, job, loader.hits());
        if (loader.isOverBudget()) {
            Native.overBudget(worker, job);
        }
        shared.leave();
        return left;
    }

    @Override
    public boolean endsAtFailure() {
        return Native.endsAtFailure(worker, job);
    }

    @Override
    public void started(String id) {
        Integer unit = units.get(id);
        if (unit == null) {
            return;
        }
        Notes.begin(worker, loader);
        if (Native.started(worker, job, unit, loader.hits()) || !loader.allow(groups[group].budgets[unit - first])) {
            throw new Driver.Stop();
        }
        if (loader.tracer != null) {
            loader.tracer.begin();
        }
    }

    @Override
    public void finished(String id, Throwable failure, boolean skipped) {
        Integer unit = units.get(id);
        if (failure instanceof Driver.Stop) {
            throw (Driver.Stop) failure;
        }
        if (loader.isOverBudget()) {    // the test may have swallowed it: its result is worth nothing
            throw new Driver.Stop();
        }
        if (unit != null && loader.tracer != null) {
            Native.trace(worker, job, unit, loader.tracer.end());
        }
        int result = failure != null ? FAILED : skipped ? SKIPPED : PASSED;
        String notes = Notes.end();
        String told = result == PASSED ? notes : text(failure);
        if (unit != null && Native.finished(worker, job, unit, result, told, loader.hits())) {
            throw new Driver.Stop();
        }
    }

    @Override
    public void containerFailed(String container, Throwable failure) {
        if (failure instanceof Driver.Stop) {
            throw (Driver.Stop) failure;
        }
        if (Native.containerFailed(worker, job, group, text(failure))) {
            throw new Driver.Stop();
        }
    }

    private String text(Throwable failure) {
        if (failure == null) {
            return "";
        }
        if (Failure.isOutOfMemory(failure)) {
            Native.outOfMemory(worker, job);
        }
        return Failure.text(failure, loader);
    }
}
