package shop;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class RedTest {
	@Test
	public void red() {
		assertEquals(1, new Cart().total());
	}
}
