// since 21
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

final class Sample {
    record Point(int x, int y) {
    }

    int kind(Object o) {
        return switch (o) {
            case String s when s.length() > 3 -> 1;
            case Point(int x, int y) -> x + y;
            case null -> 2;
            default -> 3;
        };
    }

    Supplier<Integer> reference(List<String> list) {
        return list::size;
    }

    Object byHand(Object o) {
        Objects.requireNonNull(o);
        return Objects.requireNonNull(o);
    }
}
