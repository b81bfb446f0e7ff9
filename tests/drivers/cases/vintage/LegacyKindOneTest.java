package vintage;

import junit.framework.Test;

public class LegacyKindOneTest extends LegacyKind {
    public static Test suite() {
        return suite(LegacyKindOneTest.class, new LegacyKindOneTest());
    }

    @Override
    protected int size() {
        return 1;
    }

    public void testOne() {
        assertEquals("size", 1, size());
    }
}
