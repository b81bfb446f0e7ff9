package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CartTest {
    private final Cart cart = new Cart();

    @Test
    void startsEmpty() {
        assertEquals(0, cart.size());
        assertEquals(Price.ZERO, cart.total());
    }

    @Test
    void refusesNoPieces() {
        assertThrows(IllegalArgumentException.class, () -> cart.add("tea", Price.ofCents(300), 0));
    }

    @Nested
    class WithTeaAndCups {
        @BeforeEach
        void fill() {
            cart.add("tea", Price.ofCents(300), 2);
            cart.add("cup", Price.ofCents(800), 1);
        }

        @Test
        void countsPieces() {
            assertEquals(3, cart.size());
        }

        @Test
        void chargesShippingOnSmallOrders() {
            assertEquals(Price.ofCents(1890), cart.total());
        }

        @Test
        void shipsLargeOrdersForNothing() {
            cart.add("pot", Price.ofCents(9000), 1);
            assertEquals(Price.ZERO, cart.shipping());
        }

        @Test
        void isCheaperByTheDozen() {
            cart.add("tea", Price.ofCents(300), 10);
            assertEquals(Price.ofCents(300 * 12 * 9 / 10 + 800), cart.subtotal());
        }

        @Test
        void takesArticlesOut() {
            assertTrue(cart.remove("cup"));
            assertEquals(2, cart.size());
            cart.remove("no such thing");
        }
    }
}
