package testng;

import static org.testng.Assert.assertTrue;
import static org.testng.Assert.fail;

import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class PlainNG {
    private int setUps;

    @BeforeClass
    public void beforeClass() {
        setUps = 100;
    }

    @BeforeMethod
    public void beforeMethod() {
        setUps++;
    }

    @DataProvider
    public Object[][] numbers() {
        return new Object[][] {{1}, {2}, {3}};
    }

    @Test
    public void a_setUp() {
        assertTrue(setUps > 100);
    }

    @Test(dataProvider = "numbers")
    public void b_data(int n) {
        System.setProperty("vary.drivers.invocation", "" + n);
        assertTrue(n != 2, "two");
    }

    @Test
    public void c_skips() {
        throw new SkipException("not here");
    }

    @Test(enabled = false)
    public void d_disabled() {
        fail("must not run");
    }

    @Test(dependsOnMethods = "a_setUp")
    public void e_depends() {
    }

    @Test(dependsOnMethods = "b_data")
    public void f_dependsOnFailure() {
    }

    @Test(invocationCount = 3)
    public void g_thrice() {
    }

    @Test(expectedExceptions = IllegalStateException.class)
    public void h_expects() {
        throw new IllegalStateException();
    }

    @AfterClass
    public void afterClass() {
        System.setProperty("vary.drivers.afterNG", "true");
    }
}
