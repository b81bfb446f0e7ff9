package org.junit.platform.engine;

/** Since 1.14. */
public interface OutputDirectoryCreator {
}
