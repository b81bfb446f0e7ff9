import java.util.List;
import java.util.function.IntUnaryOperator;

final class Shop {
    private final int fee;

    Shop(int fee) {
        this.fee = fee + 1;
    }

    long total(List<Integer> prices, int qty) {
        long sum = 0;
        for (int price : prices)
            if (price > 10 && qty < 5)
                sum += (long) price * qty + fee;
        return sum + sum;
    }

    IntUnaryOperator discount(int percent) {
        return price -> price - price * percent / 100;
    }

    int edited(int a) {
        return a + 1;
    }
}
