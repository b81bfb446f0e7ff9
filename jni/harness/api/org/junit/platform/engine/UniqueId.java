package org.junit.platform.engine;

public class UniqueId {
    private UniqueId() {
    }

    public static native UniqueId forEngine(String engine);

    public static native UniqueId parse(String text);
}
