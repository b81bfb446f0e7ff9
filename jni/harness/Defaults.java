package varyharness;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;

/**
 * Defaults of the class library that tests replace: network handlers, security
 * providers, the configuration of java.util.logging. Most runs never come near
 * any of them and each takes long to set up, so nothing is looked at before the
 * JVM has initialised its class for somebody else. By then a test may have
 * changed it already: so what it was at first is made anew.
 */
final class Defaults {

    /** Numbers of the classes, as jni/defaults.c has them. */
    private static final int COOKIES = 0;
    private static final int AUTHENTICATOR = 1;
    private static final int CACHE = 2;
    private static final int PROXIES = 3;
    private static final int LOGGING = 4;

    private final long worker;
    private ProxySelector proxies;
    private Logging logging;

    Defaults(long worker) {
        this.worker = worker;
    }

    void putBack() {
        if (Native.isInitialised(worker, COOKIES) && CookieHandler.getDefault() != null) {
            CookieHandler.setDefault(null);
        }
        if (Native.isInitialised(worker, AUTHENTICATOR) && Authenticator.getDefault() != null) {
            Authenticator.setDefault(null);
        }
        if (Native.isInitialised(worker, CACHE) && ResponseCache.getDefault() != null) {
            ResponseCache.setDefault(null);
        }
        if (Native.isInitialised(worker, PROXIES)) {
            putBackProxies();
        }
        Native.putBackProviders(worker);
        if (Native.isInitialised(worker, LOGGING)) {
            logging = logging == null ? new Logging() : logging;
            logging.putBack();
        }
    }

    private void putBackProxies() {
        if (proxies == null) {
            proxies = Native.newProxySelector();
        }
        if (proxies != null && ProxySelector.getDefault() != proxies) {
            ProxySelector.setDefault(proxies);
        }
    }
}
