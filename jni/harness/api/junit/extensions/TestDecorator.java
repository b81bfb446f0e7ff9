package junit.extensions;

import junit.framework.Test;

public abstract class TestDecorator implements Test {
    public native Test getTest();
}
