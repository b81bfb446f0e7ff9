package direct;

/** What ran, in order, for whoever compares two runs. */
final class Log {
    private Log() {
    }

    static void add(String what) {
        System.setProperty("vary.drivers.log", System.getProperty("vary.drivers.log", "") + what + " ");
    }
}
