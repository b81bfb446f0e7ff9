package org.junit.platform.engine.reporting;

/** 1.12 to 1.14. */
public interface OutputDirectoryProvider {
}
