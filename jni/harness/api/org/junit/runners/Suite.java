package org.junit.runners;

import org.junit.runner.Runner;

public abstract class Suite extends Runner {
    public @interface SuiteClasses {
        Class<?>[] value();
    }
}
