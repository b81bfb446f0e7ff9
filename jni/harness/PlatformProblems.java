package varyharness;

import java.util.Map;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryListener;
import org.junit.platform.engine.SelectorResolutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;

/** Collects why selectors failed to resolve (platform 1.6 and later). */
final class PlatformProblems implements EngineDiscoveryListener {
    private final Map<String, Throwable> causes;

    PlatformProblems(Map<String, Throwable> causes) {
        this.causes = causes;
    }

    @Override
    public void selectorProcessed(UniqueId engine, DiscoverySelector selector, SelectorResolutionResult result) {
        result.getThrowable().ifPresent(cause -> causes.put(name(selector), cause));
    }

    private static String name(DiscoverySelector selector) {
        return selector instanceof ClassSelector ? ((ClassSelector) selector).getClassName() : selector.toString();
    }
}
