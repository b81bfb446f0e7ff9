import java.util.Collections;
import java.util.List;
import java.util.Optional;

final class Sample {
    boolean less(int a, int b) {
        return a < b;
    }

    boolean never() {
        return false;
    }

    int zero(int a) {
        return a > 0 ? a : 0;
    }

    Integer boxed(boolean none) {
        if (none) {
            return 0;
        }
        return 7;
    }

    Boolean wrapped(boolean yes) {
        if (yes) {
            return true;
        }
        return Boolean.FALSE;
    }

    Object nothing(boolean none) {
        Object result = null;
        if (none) {
            return result;
        }
        result = "something";
        return result;
    }

    String text(boolean none) {
        return none ? "" : "text";
    }

    List<String> list(List<String> list) {
        if (list == null) {
            return Collections.emptyList();
        }
        return list;
    }

    Optional<String> maybe(String text) {
        return text == null ? Optional.of("") : Optional.empty();
    }

    long turned(long a, double b, int c) {
        return a * -1L + (long) (b * -1.0) + c * -2;
    }
}
