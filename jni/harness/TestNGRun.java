package varyharness;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.testng.IConfigurationListener;
import org.testng.ITestContext;
import org.testng.ITestListener;
import org.testng.ITestResult;

/** Turns TestNG's events of one run into events of units. */
final class TestNGRun implements ITestListener, IConfigurationListener {
    private final String container;
    private final TestNGClass tests;
    private final Set<String> wanted;
    private final UnitEvents events;
    private String running;

    TestNGRun(String container, TestNGClass tests, List<String> ids, UnitEvents events) {
        this.container = container;
        this.tests = tests;
        this.wanted = new HashSet<>(ids);
        this.events = events;
    }

    /** Ends the last unit, of which more invocations might have come. */
    void close() {
        finish();
    }

    @Override
    public void onTestStart(ITestResult result) {
        events.proceed();
        begin(id(result));
    }

    @Override
    public void onTestSuccess(ITestResult result) {
        events.passed(id(result));
        end(result);
    }

    @Override
    public void onTestFailedButWithinSuccessPercentage(ITestResult result) {
        onTestSuccess(result);
    }

    /** May come without a start: what the data provider gave does not fit the test. */
    @Override
    public void onTestFailure(ITestResult result) {
        events.proceed();
        begin(id(result));
        Throwable failure = result.getThrowable();
        events.failed(id(result), failure != null ? failure : new AssertionError("failed"));
        end(result);
    }

    /** May come without a start: set-up failed, or what the test depends on did. */
    @Override
    public void onTestSkipped(ITestResult result) {
        events.proceed();
        begin(id(result));
        events.aborted(id(result));
        end(result);
    }

    @Override
    public void onConfigurationFailure(ITestResult result) {
        Throwable failure = result.getThrowable();
        events.containerFailed(failure != null ? failure : new AssertionError("failed"));
    }

    private void begin(String id) {
        if (!wanted.contains(id) || id.equals(running)) {
            return;
        }
        finish();
        running = id;
        events.started(id);
    }

    private void end(ITestResult result) {
        if (tests.runsOnce(result.getMethod().getMethodName()) && id(result).equals(running)) {
            finish();
        }
    }

    private void finish() {
        String id = running;
        running = null;
        if (id != null) {
            events.finished(id);
        }
    }

    private String id(ITestResult result) {
        return container + "#" + result.getMethod().getMethodName();
    }

    @Override
    public void onConfigurationSuccess(ITestResult result) {
    }

    @Override
    public void onConfigurationSkip(ITestResult result) {
    }

    @Override
    public void onStart(ITestContext context) {
    }

    @Override
    public void onFinish(ITestContext context) {
    }
}
