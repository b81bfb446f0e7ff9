import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class Sample {
    Stream<String> all(List<String> list) {
        return list.stream();
    }

    IntStream range(int n) {
        return IntStream.range(0, n);
    }

    Stream<String> already() {
        return Stream.empty();
    }
}
