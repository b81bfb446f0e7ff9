package testng;

import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Data with one value too many: the test fails before it has begun. */
public class MisfitNG {
    @DataProvider
    public Object[][] pairs() {
        return new Object[][] {{1, 2}};
    }

    @Test(dataProvider = "pairs")
    public void a_never(int n) {
    }

    @Test
    public void b_other() {
    }
}
