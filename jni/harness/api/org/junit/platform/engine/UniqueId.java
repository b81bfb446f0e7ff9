package org.junit.platform.engine;

public class UniqueId {
    private UniqueId() {
    }

    public static native UniqueId forEngine(String engine);

    public native UniqueId append(String type, String value);

    public static native UniqueId parse(String text);
}
