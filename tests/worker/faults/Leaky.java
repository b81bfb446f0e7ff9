package faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.EnumMap;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What tends to keep a class loader alive after its run. */
class Leaky {
    enum Colour { RED }

    static class Sent implements Serializable {
        int value = 1;
    }

    static final ThreadLocal<Object> LOCAL = ThreadLocal.withInitial(Sent::new);
    static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();
    final byte[] weight = new byte[100_000];

    @Test
    void leaks() throws Exception {
        INHERITED.set(this);
        LOCAL.get();
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(new Sent());
        Runnable proxy = (Runnable) Proxy.newProxyInstance(Leaky.class.getClassLoader(),
                new Class<?>[] {Runnable.class}, (p, m, a) -> null);
        proxy.run();
        new EnumMap<Colour, Leaky>(Colour.class).put(Colour.RED, this);
        Logger.getLogger("faults").setFilter(r -> weight.length > 0);
        new Timer("timer");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> weight[0]++));
        assertEquals(2, CompletableFuture.supplyAsync(() -> 1 + Colour.values().length).join());
        ForkJoinPool pool = new ForkJoinPool(2);
        assertEquals(1, pool.submit(() -> 1).get());
    }
}
