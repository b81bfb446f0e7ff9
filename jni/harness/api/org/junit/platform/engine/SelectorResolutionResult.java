package org.junit.platform.engine;

import java.util.Optional;

/** Since 1.6. */
public class SelectorResolutionResult {
    private SelectorResolutionResult() {
    }

    public native Optional<Throwable> getThrowable();
}
