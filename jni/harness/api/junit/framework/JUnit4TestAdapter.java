package junit.framework;

public abstract class JUnit4TestAdapter implements Test {
    public abstract Class<?> getTestClass();
}
