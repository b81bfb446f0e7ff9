import java.util.Iterator;
import java.util.List;

final class Sample {
    int arrays(int[] values, String[][] rows) {
        int n = 0;
        for (int value : values)
            n += value;
        for (String[] row : rows)
            for (String cell : row)
                n += cell.length();
        return n;
    }

    int iterables(List<String> list) {
        int n = 0;
        for (String each : list)
            n += each.length();
        for (Object each : list)
            n++;
        return n;
    }

    int byHand(List<String> list, int[] values) {
        int n = 0;
        Iterator<String> it = list.iterator();
        while (it.hasNext()) {
            String each = it.next();
            n += each.length();
        }
        for (int i = 0; i < values.length; i++)
            n += values[i];
        return n;
    }
}
