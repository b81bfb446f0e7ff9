package testng;

import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

public class BeforeClassFailsNG {
    @BeforeClass
    public void before() {
        throw new IllegalStateException("no set-up");
    }

    @Test
    public void a() {
    }
}
