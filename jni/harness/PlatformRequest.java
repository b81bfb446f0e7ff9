package varyharness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.DiscoveryFilter;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryListener;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.reporting.OutputDirectoryProvider;

/**
 * What an engine is asked to find, and what it could not resolve.
 *
 * Some types in the last methods are not there in every platform version; such
 * a version never calls the method. The casts keep the types out of what the
 * JVM's verifier wants to load.
 */
final class PlatformRequest implements EngineDiscoveryRequest {
    private final List<DiscoverySelector> selectors;
    private final ConfigurationParameters configuration;
    private final OutputDirectory output = new OutputDirectory();
    private final Map<String, Throwable> problems = new LinkedHashMap<>();

    PlatformRequest(List<DiscoverySelector> selectors, ConfigurationParameters configuration) {
        this.selectors = selectors;
        this.configuration = configuration;
    }

    /** Where tests may put files; to be closed after the run. */
    OutputDirectory output() {
        return output;
    }

    /** Causes by class name, or by another text where a selector was not for a class. */
    Map<String, Throwable> problems() {
        return problems;
    }

    @Override
    public <T extends DiscoverySelector> List<T> getSelectorsByType(Class<T> type) {
        List<T> chosen = new ArrayList<>();
        for (DiscoverySelector selector : selectors) {
            if (type.isInstance(selector)) {
                chosen.add(type.cast(selector));
            }
        }
        return chosen;
    }

    @Override
    public <T extends DiscoveryFilter<?>> List<T> getFiltersByType(Class<T> type) {
        return Collections.emptyList();
    }

    @Override
    public ConfigurationParameters getConfigurationParameters() {
        return configuration;
    }

    @Override
    public EngineDiscoveryListener getDiscoveryListener() {
        Object listener = new PlatformProblems(problems);
        return (EngineDiscoveryListener) listener;
    }

    @Override
    public OutputDirectoryProvider getOutputDirectoryProvider() {
        return (OutputDirectoryProvider) output.as(OutputDirectoryProvider.class);
    }

    @Override
    public OutputDirectoryCreator getOutputDirectoryCreator() {
        return (OutputDirectoryCreator) output.as(OutputDirectoryCreator.class);
    }
}
