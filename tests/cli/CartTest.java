package shop;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class CartTest {
	@Test
	public void total() {
		Cart cart = new Cart();
		cart.add(10);
		cart.add(20);
		assertEquals(30, cart.total());
	}

	@Test
	public void broken() {
		assertEquals("\033[31mred", new Cart().total(), 1);
	}
}
