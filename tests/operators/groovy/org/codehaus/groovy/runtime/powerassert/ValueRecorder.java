package org.codehaus.groovy.runtime.powerassert;

/** As much of it as the sample needs. */
public class ValueRecorder {
    public Object record(Object value, int column) {
        return value;
    }

    public void clear() {
    }
}
