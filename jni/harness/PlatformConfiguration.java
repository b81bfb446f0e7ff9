package varyharness;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import org.junit.platform.engine.ConfigurationParameters;

/**
 * Configuration parameters as a launcher would give them: system properties,
 * then junit-platform.properties of the class path. Parallel execution is off:
 * a run must be the same every time, and several mutants run at once anyway.
 */
final class PlatformConfiguration implements ConfigurationParameters {
    private static final String PARALLEL = ".execution.parallel.enabled"; // Jupiter's, vintage's, and others'

    private volatile Properties file;
    private volatile boolean isOfJupiter;

    /** Reads the file through the first loader that is given; the text is the same for all. */
    void read(ClassLoader loader) {
        if (file != null) {
            return;
        }
        Properties properties = new Properties();
        try (InputStream in = loader.getResourceAsStream("junit-platform.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            // a launcher, too, goes on without it
        }
        isOfJupiter = keys(properties).stream().anyMatch(
                key -> key.startsWith("junit.jupiter.") && !key.contains(".execution.parallel."));
        file = properties;
    }

    @Override
    public Optional<String> get(String key) {
        if (key.endsWith(PARALLEL)) {
            return Optional.of("false");
        }
        String value = System.getProperty(key);
        return Optional.ofNullable(value != null ? value : file.getProperty(key));
    }

    @Override
    public Optional<Boolean> getBoolean(String key) {
        return get(key).map(Boolean::parseBoolean);
    }

    /** Whether anything is set for Jupiter, when it was first read, but for what is never used here. */
    boolean isOfJupiter() {
        return isOfJupiter;
    }

    /** The number of parameters given explicitly: none. */
    @Override
    public int size() {
        return 0;
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(keys(file));
    }

    private static Set<String> keys(Properties file) {
        Set<String> keys = new HashSet<>(System.getProperties().stringPropertyNames());
        keys.addAll(file.stringPropertyNames());
        return keys;
    }
}
