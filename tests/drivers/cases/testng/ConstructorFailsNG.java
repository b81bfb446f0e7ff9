package testng;

import org.testng.annotations.Test;

public class ConstructorFailsNG {
    public ConstructorFailsNG() {
        throw new IllegalStateException("no instance");
    }

    @Test
    public void a() {
    }
}
