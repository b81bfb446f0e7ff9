package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {
    @Test
    void addsUp() {
        assertEquals(Price.ofCents(350), Price.ofCents(100).plus(Price.ofCents(250)));
    }

    @Test
    void multiplies() {
        assertEquals(750, Price.ofCents(250).times(3).cents());
    }

    @Test
    void isNeverNegative() {
        assertThrows(IllegalArgumentException.class, () -> Price.ofCents(-1));
    }

    @ParameterizedTest
    @CsvSource({"1000, 10, 900", "999, 50, 500", "80, 100, 0"})
    void takesPercentOff(long cents, int percent, long left) {
        assertEquals(left, Price.ofCents(cents).lessPercent(percent).cents());
    }

    @Test
    void isComparedByAmount() {
        assertTrue(Price.ofCents(1).compareTo(Price.ofCents(2)) < 0);
        assertEquals(Price.ofCents(5), Price.ofCents(5));
        assertNotEquals(Price.ofCents(5), Price.ofCents(6));
        assertEquals(Price.ofCents(5).hashCode(), Price.ofCents(5).hashCode());
    }

    @Test
    void isWrittenWithTwoDecimals() {
        assertEquals("12.34", Price.ofCents(1234).toString());
        assertEquals("0.05", Price.ofCents(5).toString());
    }
}
