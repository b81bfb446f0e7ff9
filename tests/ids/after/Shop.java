import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/** As before, but laid out anew, with other names for variables, and with one method edited. */
final class Shop {
    private static final Object ADDED = "a string that moves the constants";
    private final int fee;

    void unrelated(List<String> names) {
        names.removeIf(name -> Objects.equals(name, ADDED) || name.length() > 70000);
    }

    Shop(int initial) { this.fee = initial + 1; }

    long total(
            List<Integer> all,
            int number)
    {
        // a comment
        long result = 0;

        for (int each : all) {
            if (each > 10
                    && number < 5) {
                result += (long) each * number + fee;
            }
        }
        return result
                + result;
    }

    IntUnaryOperator discount(int rate) {
        return amount -> amount
                - amount * rate / 100;
    }

    int edited(int a) {
        unrelated(null);
        return a > 0 ? a + 2 : 7;
    }
}
