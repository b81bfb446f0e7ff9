package jupiter;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestMethodOrder(MethodOrderer.MethodName.class)
class Templates {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void parameterized(int n) {
        System.setProperty("vary.drivers.invocation", "" + n);
        assertNotEquals(2, n, "two");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void someAssume(int n) {
        assumeTrue(n == 1);
    }

    @RepeatedTest(3)
    void repeated() {
        assumeTrue(false);
    }

    @TestFactory
    Stream<DynamicNode> factory() {
        return Stream.of(DynamicTest.dynamicTest("a", () -> { }),
                DynamicContainer.dynamicContainer("b", List.of(
                        DynamicTest.dynamicTest("c", () -> assertTrue(false, "inside")))));
    }

    @TestFactory
    Stream<DynamicNode> factoryThrows() {
        throw new IllegalStateException("no tests");
    }
}
