import org.codehaus.groovy.runtime.BytecodeInterface8;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** What groovyc writes, in Java. */
final class Sample implements groovy.lang.GroovyObject {
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
