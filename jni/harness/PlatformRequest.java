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

/** What an engine is asked to find, and what it could not resolve. */
final class PlatformRequest implements EngineDiscoveryRequest {
    private final List<DiscoverySelector> selectors;
    private final ConfigurationParameters configuration;
    private final Map<String, Throwable> problems = new LinkedHashMap<>();

    PlatformRequest(List<DiscoverySelector> selectors, ConfigurationParameters configuration) {
        this.selectors = selectors;
        this.configuration = configuration;
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

    /** Platforms before 1.6 neither have the type nor call this; hence the cast, which is resolved only here. */
    @Override
    public EngineDiscoveryListener getDiscoveryListener() {
        Object listener = new PlatformProblems(problems);
        return (EngineDiscoveryListener) listener;
    }
}
