package org.junit.internal.runners;

import junit.framework.Test;

public class SuiteMethod extends JUnit38ClassRunner {
    public SuiteMethod(Class<?> type) throws Throwable {
        super(null);
    }

    public static native Test testFromSuiteMethod(Class<?> type) throws Throwable;
}
