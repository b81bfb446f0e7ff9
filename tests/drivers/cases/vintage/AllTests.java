package vintage;

import org.junit.runner.RunWith;
import org.junit.runners.Suite;

@RunWith(Suite.class)
@Suite.SuiteClasses({PlainTest.class, ParametersTest.class, LegacyTest.class})
public class AllTests {
}
