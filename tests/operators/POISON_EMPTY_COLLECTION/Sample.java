import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class Sample {
    List<String> list(List<String> all) {
        return all.subList(1, 2);
    }

    Set<String> set(Map<String, String> map) {
        return map.keySet();
    }

    Map<String, String> map(Map<String, String> map) {
        return map;
    }

    Collection<String> values(Map<String, String> map) {
        return map.values();
    }

    Iterable<String> iterable(List<String> all) {
        return all;
    }

    Iterator<String> iterator(List<String> all) {
        return all.iterator();
    }

    List<String> already() {
        return Collections.emptyList();
    }

    ArrayList<String> other() {
        return new ArrayList<>();
    }
}
