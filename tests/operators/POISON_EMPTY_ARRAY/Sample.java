final class Sample {
    int[] ints(int n) {
        return new int[n];
    }

    String[] strings(String s) {
        return s.split(",");
    }

    long[][] grid(long[][] grid) {
        return grid;
    }

    String[] already() {
        return new String[0];
    }
}
