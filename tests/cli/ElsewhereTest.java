package shop;

import org.junit.Test;

/** Passes and never goes near the code. */
public class ElsewhereTest {
	@Test
	public void elsewhere() {
	}
}
