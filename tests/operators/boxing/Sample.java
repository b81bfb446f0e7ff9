import java.util.List;

final class Sample {
    int sum(List<Integer> list) {
        int n = list.get(0);
        list.add(n + 1);
        return n;
    }

    int parsed(String s) {
        return Integer.parseInt(s) + Integer.valueOf(s);
    }
}
