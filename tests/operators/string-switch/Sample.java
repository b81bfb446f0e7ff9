final class Sample {
    int number(String name) {
        switch (name) {
        case "one":
            return 1;
        case "two":
        case "2":
            return 2;
        case "Aa":
            return 3;
        case "BB":    // the same hashCode as "Aa"
            return 4;
        default:
            return 0;
        }
    }

    boolean byHand(String a) {
        return a.hashCode() == 7 && a.equals("x");
    }
}
