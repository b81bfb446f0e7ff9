final class Sample {
    int sum(int[] numbers) {
        int sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += numbers[i];
        }
        for (int i = 0; i < numbers.length; i++) sum--;
        int k = 0;
        while (k < sum) {
            k++;
        }
        return k;
    }

    int down(int from) {
        int steps = 0;
        for (int i = from; i > 0; i -= 2) {
            if (i == 7) {
                continue;
            }
            steps++;
        }
        return steps;
    }
}
