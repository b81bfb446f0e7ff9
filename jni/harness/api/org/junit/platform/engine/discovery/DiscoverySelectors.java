package org.junit.platform.engine.discovery;

import org.junit.platform.engine.UniqueId;

public final class DiscoverySelectors {
    private DiscoverySelectors() {
    }

    public static native ClassSelector selectClass(Class<?> type);

    public static native UniqueIdSelector selectUniqueId(UniqueId id);
}
