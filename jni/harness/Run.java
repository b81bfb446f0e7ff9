package varyharness;

import java.lang.ref.WeakReference;
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

    private static final Direct.Caller CALLER = new Direct.Caller() {
        @Override
        public Object make(Class<?> type) throws Throwable {
            return Native.make(type);
        }

        @Override
        public void call(Class<?> type, Object on, String method) throws Throwable {
            Native.call(type, on, method);
        }
    };

    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int SKIPPED = 2;

    /** As in wire/wire.h. */
    private static final int LEFT_CLASSES = -1;

    private final long worker;
    private final int job;
    private final boolean isAlone;
    private final boolean isDirect;
    private Loader loader;
    private final Group[] groups;
    private final Shared shared;

    private int group;
    private int first;
    private final Map<String, Integer> units = new HashMap<>();

    /**
     * @param isAlone no other run will be under way beside it
     * @param isDirect without the engines, where that comes to the same
     */
    Run(long worker, int job, Loader loader, Group[] groups, Shared shared, boolean isAlone, boolean isDirect) {
        this.worker = worker;
        this.job = job;
        this.loader = loader;
        this.groups = groups;
        this.shared = shared;
        this.isAlone = isAlone;
        this.isDirect = isDirect;
    }

    Thread thread() {
        Thread thread = new Thread(new ThreadGroup(shared.group, "main"), this, "main");
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
        if (isAlone) {
            SystemLoader.begin(loader);
        }
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
                run(now);
            } catch (StackOverflowError | OutOfMemoryError e) {
                containerFailed(now.container, e);
            }
            first += now.ids.size();
        }
    }

    private void run(Group now) {
        Direct direct = isDirect ? now.driver.direct(loader, now.container, now.ids) : null;
        if (direct != null) {
            direct.run(loader, now.ids, this, CALLER);
        } else {
            now.driver.run(loader, now.container, now.ids, now.whole, this);
        }
    }

    /**
     * After the last of the run's own code: returns the number of threads that could not be stopped,
     * or LEFT_CLASSES.
     */
    int cleanUp() {
        int left = shared.threads.end(job, loader, shared.isAlone());
        Notes.forget(loader);
        shared.printing.forget(Thread.currentThread().getThreadGroup());
        Native.lastPoints(worker, job, loader.hits());
        if (loader.isOverBudget()) {
            Native.overBudget(worker, job);
        }
        shared.leave();
        if (Runtime.version().feature() < 19) {
            dissolve(Thread.currentThread().getThreadGroup());
        }
        if (left == 0 && loader.hasLent()) {
            SystemLoader.look(worker, letGo());
        }
        return SystemLoader.isSpoilt() ? LEFT_CLASSES : left;
    }

    /** What this thread has of its run goes before it does. */
    private WeakReference<Loader> letGo() {
        WeakReference<Loader> ended = new WeakReference<>(loader);
        loader = null;
        Thread.currentThread().setContextClassLoader(null);
        Native.forgetInherited(Thread.currentThread());
        return ended;
    }

    /**
     * Before Java 19 a group is held by the one above it until it is destroyed. One that is a daemon is so
     * with its last thread, but what tests make in it would be daemons too, and theirs are not.
     */
    private static void dissolve(ThreadGroup group) {
        ThreadGroup[] below = new ThreadGroup[group.activeGroupCount() + 8];
        int n = group.enumerate(below, false);
        for (int i = 0; i < n; i++) {
            dissolve(below[i]);
            try {
                below[i].destroy();
            } catch (IllegalThreadStateException e) {
                // gone, or it has a thread yet and goes with that
            }
        }
        group.setDaemon(true);
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
