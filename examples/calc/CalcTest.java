import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CalcTest {
    @Test
    void adds() {
        assertEquals(5, Calc.add(2, 3));
    }

    @Test
    void findsTheLarger() {
        assertEquals(7, Calc.max(7, 3));
        assertEquals(7, Calc.max(3, 7));
    }

    @Test
    void knowsEvenNumbers() {
        assertTrue(Calc.isEven(4));
        assertFalse(Calc.isEven(3));
    }

    @Test
    void clamps() {
        assertEquals(5, Calc.clamp(3, 5, 9));
        assertEquals(9, Calc.clamp(12, 5, 9));
        assertEquals(7, Calc.clamp(7, 5, 9));
    }

    @Test
    void sumsUp() {
        assertEquals(10, Calc.sumTo(4));
    }
}
