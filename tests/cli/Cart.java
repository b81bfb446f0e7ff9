package shop;

import java.util.ArrayList;
import java.util.List;

public class Cart {
	private final List<Integer> prices = new ArrayList<>();

	public void add(int price) {
		if (price < 0)
			throw new IllegalArgumentException("price");
		prices.add(price);
	}

	public int total() {
		int sum = 0;
		for (int price : prices)
			sum += price;
		if (sum > 100)
			sum -= sum / 10;
		return sum;
	}

	public void clear() {
		prices.clear();
	}
}
