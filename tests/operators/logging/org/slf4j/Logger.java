package org.slf4j;

public interface Logger {
    void info(String format, Object a, Object b);

    void debug(String text);

    boolean isDebugEnabled();
}
