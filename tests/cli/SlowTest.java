package shop;

import org.junit.Test;

/** Slow enough that a run can be interrupted in the middle. */
public class SlowTest {
	@Test
	public void sleeps() throws InterruptedException {
		new Cart().add(1);
		new Cart().total();
		new Cart().clear();
		Thread.sleep(400);
	}
}
