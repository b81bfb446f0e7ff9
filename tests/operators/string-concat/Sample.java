final class Sample {
    String text(String name, int n) {
        return "Hello " + name + " " + (n + 1);
    }

    String byHand(String name) {
        StringBuilder out = new StringBuilder();
        out.append("a").append(name);
        return out.toString();
    }
}
