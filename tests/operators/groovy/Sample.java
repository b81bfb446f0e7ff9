import org.codehaus.groovy.runtime.BytecodeInterface8;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** What groovyc writes, in Java. */
final class Sample implements groovy.lang.GroovyObject {
    /** assert n */
    void checked(Object n) {
        org.codehaus.groovy.runtime.powerassert.ValueRecorder recorder =
            new org.codehaus.groovy.runtime.powerassert.ValueRecorder();
        if (recorder.record(n, 8) == null)
            throw new AssertionError();
        recorder.clear();
    }

    static boolean __$stMC;

    int twice(int n) {
        return n * 2;
    }

    /** As the numbers are reckoned with, or as somebody has changed what * means. */
    int thrice(int n) {
        plain: {
            if (BytecodeInterface8.isOrigInt() && !__$stMC)
                if (!BytecodeInterface8.disabledStandardMetaClass())
                    break plain;
            return DefaultTypeTransformation.intUnbox($getCallSiteArray()[3]);
        }
        return n * 3;
    }

    boolean isSmall(int n) {
        if ((n < 9 ? true : false))
            return true;
        return false;
    }

    static Object[] $getCallSiteArray() {
        return new Object[4];
    }
}

final class SampleOfJava {
    int twice(int n) {
        return n * 2;
    }
}
