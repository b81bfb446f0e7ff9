package org.codehaus.groovy.runtime;

public final class BytecodeInterface8 {
    public static boolean isOrigInt() {
        return true;
    }

    public static boolean disabledStandardMetaClass() {
        return false;
    }
}
