import java.util.Optional;
import java.util.OptionalInt;

final class Sample {
    Optional<String> first(String s) {
        return Optional.of(s);
    }

    OptionalInt number(int n) {
        return OptionalInt.of(n);
    }

    Optional<String> already() {
        return Optional.empty();
    }
}
