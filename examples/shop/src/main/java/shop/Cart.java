package shop;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a customer is about to buy. */
public final class Cart {
    private static final Price FREE_SHIPPING_FROM = Price.ofCents(5000);
    private static final Price SHIPPING = Price.ofCents(490);

    private final Map<String, Integer> quantities = new LinkedHashMap<>();
    private final Map<String, Price> prices = new LinkedHashMap<>();
    private int changes;

    public void add(String article, Price price, int quantity) {
        if (quantity <= 0) {
            throw new IllegalArgumentException("quantity " + quantity);
        }
        quantities.merge(article, quantity, Integer::sum);
        prices.put(article, price);
        changes++;
    }

    /** Takes an article out; false where it was not in. */
    public boolean remove(String article) {
        if (quantities.remove(article) == null) {
            return false;
        }
        prices.remove(article);
        changes++;
        return true;
    }

    public int size() {
        int size = 0;
        for (int quantity : quantities.values()) {
            size += quantity;
        }
        return size;
    }

    /** Of all articles; from ten pieces of one kind on, that kind is a tenth cheaper. */
    public Price subtotal() {
        Price sum = Price.ZERO;
        for (Map.Entry<String, Integer> entry : quantities.entrySet()) {
            Price price = prices.get(entry.getKey()).times(entry.getValue());
            if (entry.getValue() >= 10) {
                price = price.lessPercent(10);
            }
            sum = sum.plus(price);
        }
        return sum;
    }

    public Price shipping() {
        if (size() == 0 || subtotal().compareTo(FREE_SHIPPING_FROM) >= 0) {
            return Price.ZERO;
        }
        return SHIPPING;
    }

    public Price total() {
        return subtotal().plus(shipping());
    }

    /** How often the cart was changed since it was made. */
    public int changes() {
        return changes;
    }
}
