package junit.framework;

public class TestSuite implements Test {
    public TestSuite(String name) {
    }

    public TestSuite(Class<?> type) {
    }

    public native String getName();

    public native int testCount();

    public native Test testAt(int index);

    public native void addTest(Test test);

    @Override
    public native int countTestCases();

    @Override
    public native void run(TestResult result);
}
