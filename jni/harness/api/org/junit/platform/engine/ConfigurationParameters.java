package org.junit.platform.engine;

import java.util.Optional;
import java.util.Set;

/** size() until 5.x, keySet() since 1.9. */
public interface ConfigurationParameters {
    Optional<String> get(String key);

    Optional<Boolean> getBoolean(String key);

    int size();

    Set<String> keySet();
}
