package testng;

import org.testng.annotations.AfterMethod;
import org.testng.annotations.Test;

@Test
public class ClassLevelNG {
    public void one() {
    }

    public void two() {
    }

    @AfterMethod
    public void after() {
    }
}
