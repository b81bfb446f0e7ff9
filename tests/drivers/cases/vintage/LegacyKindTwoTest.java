package vintage;

import junit.framework.Test;

public class LegacyKindTwoTest extends LegacyKind {
    public static Test suite() {
        return suite(LegacyKindTwoTest.class, new LegacyKindTwoTest());
    }

    @Override
    protected int size() {
        return 2;
    }

    public void testTwo() {
        assertEquals("size", 2, size());
    }
}
