package org.codehaus.groovy.runtime.typehandling;

public final class DefaultTypeTransformation {
    public static int intUnbox(Object value) {
        return (Integer) value;
    }
}
