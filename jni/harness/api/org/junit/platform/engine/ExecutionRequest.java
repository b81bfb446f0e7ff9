package org.junit.platform.engine;

/** How one is made differs between versions: see ExecutionRequests. */
public class ExecutionRequest {
    private ExecutionRequest() {
    }
}
