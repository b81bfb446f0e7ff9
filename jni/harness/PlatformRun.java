package varyharness;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;

/** Turns an engine's events of one execution into events of units. */
final class PlatformRun implements EngineExecutionListener {
    private final UnitEvents events;
    private final Set<String> wanted;
    private final Map<UniqueId, String> units = new HashMap<>();

    PlatformRun(String container, List<String> ids, Driver.Listener listener) {
        this.events = new UnitEvents(container, ids, listener);
        this.wanted = new LinkedHashSet<>(ids);
    }

    void expect(Collection<TestDescriptor> found) {
        for (TestDescriptor unit : found) {
            String id = unit.getUniqueId().toString();
            if (wanted.contains(id)) {
                units.put(unit.getUniqueId(), id);
            }
        }
    }

    void broken(Throwable cause) {
        events.containerFailed(cause);
    }

    /** @throws Driver.Stop if the run was stopped */
    void close() {
        events.close();
    }

    @Override
    public void executionStarted(TestDescriptor descriptor) {
        events.proceed();
        String id = units.get(descriptor.getUniqueId());
        if (id != null) {
            events.started(id);
        }
    }

    @Override
    public void executionSkipped(TestDescriptor descriptor, String reason) {
        events.proceed();
        skip(descriptor);
    }

    /** One invocation that is skipped says nothing about its unit, so only whole units count. */
    private void skip(TestDescriptor descriptor) {
        String id = units.get(descriptor.getUniqueId());
        if (id != null) {
            events.skipped(id);
        }
        for (TestDescriptor child : descriptor.getChildren()) {
            skip(child);
        }
    }

    @Override
    public void executionFinished(TestDescriptor descriptor, TestExecutionResult result) {
        Status status = result.getStatus();
        String id = units.get(descriptor.getUniqueId());
        String around = id != null ? id : unitAround(descriptor);
        if (status == Status.FAILED) {
            Throwable failure = result.getThrowable().orElseGet(() -> new AssertionError("failed"));
            if (around == null) {
                events.containerFailed(failure);
            } else {
                events.failed(around, failure);
            }
        } else if (around == null) {
            if (status == Status.ABORTED) {
                skip(descriptor);
            }
        } else if (status == Status.ABORTED) {
            events.aborted(around);
        } else if (id == null && descriptor.isTest()) {
            events.passed(around);
        }
        if (id != null) {
            events.finished(id);
        }
    }

    private String unitAround(TestDescriptor descriptor) {
        TestDescriptor at = descriptor.getParent().orElse(null);
        while (at != null) {
            String id = units.get(at.getUniqueId());
            if (id != null) {
                return id;
            }
            at = at.getParent().orElse(null);
        }
        return null;
    }

    @Override
    public void dynamicTestRegistered(TestDescriptor descriptor) {
    }

    @Override
    public void reportingEntryPublished(TestDescriptor descriptor, ReportEntry entry) {
    }
}
