package varyharness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a driver over the cases and tells in short texts what it said. */
final class Heard implements Driver.Finder, Driver.Listener {
    final Map<String, List<String>> containers = new LinkedHashMap<>();
    final Map<String, String> methods = new LinkedHashMap<>();
    final Map<String, Throwable> problems = new LinkedHashMap<>();
    final List<String> events = new ArrayList<>();
    private String running = "";
    private String stopAt = "";
    private boolean endsAtFailure;

    private final Driver driver;

    Heard(Driver driver) {
        this.driver = driver;
    }

    Heard discover(ClassLoader loader, List<String> classes) {
        driver.discover(loader, classes, this);
        return this;
    }

    /** Stops the run at an event, which is a text as in {@link #events}. */
    Heard stopAt(String event) {
        stopAt = event;
        return this;
    }

    /** The same tests without the engine; null where they need it. */
    List<String> runDirectly(ClassLoader loader, String container, List<String> ids) {
        Direct direct = driver.direct(loader, container, ids);
        return direct == null ? null : listen(loader, () -> direct.run(loader, ids, this, Reflectively.CALLER));
    }

    List<String> run(ClassLoader loader, String container, List<String> ids) {
        boolean whole = ids.equals(containers.get(container));
        return listen(loader, () -> driver.run(loader, container, ids, whole, this));
    }

    /** What happened: "pass m", "fail m: message", "skip m", "container: message", "stopped". */
    List<String> run(ClassLoader loader, String container, String... only) {
        List<String> ids = new ArrayList<>();
        for (String id : containers.get(container)) {
            if (only.length == 0 || List.of(only).contains(methods.get(id))) {
                ids.add(id);
            }
        }
        return run(loader, container, ids);
    }

    private List<String> listen(ClassLoader loader, Runnable tests) {
        events.clear();
        running = "";
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            tests.run();
        } catch (Driver.Stop e) {
            events.add("stopped");
        } finally {
            thread.setContextClassLoader(before);
        }
        return events;
    }

    @Override
    public void unit(String container, String id, String method) {
        List<String> ids = containers.computeIfAbsent(container, key -> new ArrayList<>());
        if (ids.contains(id)) {
            throw new IllegalStateException("twice: " + id);
        }
        ids.add(id);
        methods.put(id, method);
    }

    @Override
    public void problem(String container, Throwable cause) {
        problems.put(container, cause);
    }

    /** As in a run that ends with the first failure. */
    Heard endAtFailure(boolean ends) {
        endsAtFailure = ends;
        return this;
    }

    @Override
    public boolean endsAtFailure() {
        return endsAtFailure;
    }

    @Override
    public void started(String id) {
        if (!running.isEmpty()) {
            events.add("started inside " + running);
        }
        running = id;
        stopIf("start " + methods.get(id));
    }

    @Override
    public void finished(String id, Throwable failure, boolean skipped) {
        if (!running.equals(id)) {
            events.add("finished without start");
        }
        running = "";
        String what = failure != null ? "fail" : skipped ? "skip" : "pass";
        String event = what + " " + methods.get(id) + (failure != null ? ": " + firstWords(failure) : "");
        events.add(event);
        if (failure != null && endsAtFailure) {
            throw new Driver.Stop();
        }
        stopIf(event);
    }

    @Override
    public void containerFailed(String container, Throwable failure) {
        events.add("container: " + firstWords(failure));
    }

    private void stopIf(String event) {
        if (event.equals(stopAt)) {
            running = "";
            throw new Driver.Stop();
        }
    }

    private static String firstWords(Throwable failure) {
        return String.valueOf(failure.getMessage()).split(" ==>|\n")[0];
    }
}
