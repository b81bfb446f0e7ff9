package org.junit.platform.engine;

/** Since 1.6. */
public interface EngineDiscoveryListener {
    void selectorProcessed(UniqueId engine, DiscoverySelector selector, SelectorResolutionResult result);
}
