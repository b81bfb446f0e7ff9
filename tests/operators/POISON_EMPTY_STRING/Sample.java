final class Sample {
    String name(Object o) {
        return o.toString();
    }

    CharSequence sequence(String s) {
        return s.trim();
    }

    String already() {
        return "";
    }

    Object other(String s) {
        return s;
    }
}
