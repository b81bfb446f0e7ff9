package faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Each test does one thing that a mutant may come to do. */
class Faults {
    static volatile int sink;
    static final List<byte[]> HEAP = new ArrayList<>();

    @Test
    void endless() {
        for (;;) {
            sink++;
        }
    }

    @Test
    void endlessTwice() {
        try {
            endless();
        } finally {
            endless();
        }
    }

    @Test
    void catchesAll() {
        for (;;) {
            try {
                endless();
            } catch (Throwable t) {
                sink--;
            }
        }
    }

    @Test
    void sleeps() throws InterruptedException {
        Thread.sleep(1_000_000);
    }

    @Test
    void waits() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Test
    void locks() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Thread other = new Thread(lock::lock);
        other.start();
        other.join();
        lock.lock();
    }

    @Test
    void deadlocks() throws InterruptedException {
        Object a = new Object();
        Object b = new Object();
        CountDownLatch both = new CountDownLatch(2);
        Thread other = new Thread(() -> lock(b, a, both), "other");
        other.start();
        lock(a, b, both);
    }

    private static void lock(Object first, Object second, CountDownLatch both) {
        synchronized (first) {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                return;
            }
            synchronized (second) {
                sink++;
            }
        }
    }

    @Test
    void exits() {
        System.exit(3);
    }

    @Test
    void halts() {
        Runtime.getRuntime().halt(3);
    }

    @Test
    void exitsElsewhere() throws InterruptedException {
        Thread other = new Thread(() -> System.exit(3));
        other.start();
        other.join();
    }

    @Test
    void recurses() {
        sink = depth(0);
    }

    private static int depth(int n) {
        return depth(n + 1) + 1;
    }

    @Test
    void fillsHeap() {
        for (;;) {
            HEAP.add(new byte[1 << 20]);
        }
    }

    @Test
    void arrayTooLarge() {
        try {
            HEAP.add(new byte[Integer.MAX_VALUE]);
            fail("no error");
        } catch (OutOfMemoryError e) {
            sink++;
        }
    }

    @Test
    void leavesThread() {
        new Thread(() -> {
            for (;;) {
                sink++;
            }
        }, "left").start();
    }

    @Test
    void leavesDaemonThatIgnoresInterrupts() {
        Thread left = new Thread(() -> {
            for (;;) {
                try {
                    Thread.sleep(1000);
                } catch (InterruptedException e) {
                    sink++;
                }
            }
        }, "left");
        left.setDaemon(true);
        left.start();
    }

    @Test
    void leavesPool() {
        Executors.newFixedThreadPool(3).submit(() -> sink++);
    }

    @Test
    void leavesUnstoppable() {
        CountDownLatch both = new CountDownLatch(2);
        Object one = new Object();
        Object other = new Object();
        Thread[] threads = {taking(one, other, both), taking(other, one, both)};
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        }
    }

    /** Of two of these neither ever gets its second monitor. */
    private static Thread taking(Object first, Object second, CountDownLatch both) {
        return new Thread(() -> {
            synchronized (first) {
                both.countDown();
                while (both.getCount() > 0) {
                    Thread.onSpinWait();
                }
                synchronized (second) {
                    sink++;
                }
            }
        }, "left");
    }

    /** Waits in native code, at a port that the next run needs. */
    @Test
    void leavesServer() throws Exception {
        ServerSocket server = new ServerSocket(47643);
        new Thread(() -> {
            for (;;) {
                try {
                    Socket accepted = server.accept();
                    new Thread(() -> leaves(accepted)).start();
                } catch (IOException e) {
                    sink++;
                }
            }
        }, "left").start();
        new Socket("localhost", 47643).getInputStream().read();
    }

    private static void leaves(Socket accepted) {
        try {
            accepted.getOutputStream().write(1);
            accepted.getInputStream().read();
        } catch (IOException e) {
            sink++;
        }
    }

    @Test
    void leavesCommonPool() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        java.util.concurrent.ForkJoinPool.commonPool().execute(() -> {
            running.countDown();
            for (;;) {
                sink++;
            }
        });
        running.await();
    }

    static final class NoPasswords extends java.net.Authenticator {
    }

    @Test
    void changesAll() {
        System.out.close();
        System.err.close();
        System.setOut(new java.io.PrintStream(new java.io.ByteArrayOutputStream()));
        System.setProperty("faults.changed", "yes");
        System.clearProperty("java.io.tmpdir");
        Locale.setDefault(new Locale("tr", "TR"));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        Thread.setDefaultUncaughtExceptionHandler((t, e) -> sink++);
        java.net.CookieHandler.setDefault(new java.net.CookieManager());
        java.net.ProxySelector.setDefault(null);
        java.net.Authenticator.setDefault(new NoPasswords());
        java.security.Security.removeProvider("SUN");
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.OFF);
        java.util.logging.Logger.getLogger("").addHandler(new java.util.logging.ConsoleHandler());
        java.util.logging.Logger.getLogger("java.net").setLevel(java.util.logging.Level.OFF);
    }

    @Test
    void resetsLogging() {
        java.util.logging.LogManager.getLogManager().reset();
    }

    @Test
    void usesPort() throws Exception {
        java.net.ServerSocket any = new java.net.ServerSocket(0);	// nobody else can have it
        int port = any.getLocalPort();
        any.close();
        new java.net.ServerSocket(port).close();
    }

    @Test
    void writesFile() throws Exception {
        java.io.File[] files = new java.io.File[3];
        for (int i = 0; i < files.length; i++) {
            files[i] = java.io.File.createTempFile("faults", ".txt");
        }
        new java.io.FileOutputStream(files[0]).close();
        new java.io.RandomAccessFile(files[1], "rw").close();
        java.nio.file.Files.write(files[2].toPath(), new byte[1]);
        for (java.io.File file : files) {
            java.nio.file.Files.delete(file.toPath());
        }
    }

    @Test
    void readsFile() throws Exception {
        new java.io.RandomAccessFile("/etc/passwd", "r").close();
        new java.io.FileInputStream("/etc/passwd").close();
        java.nio.file.Files.readAllBytes(java.nio.file.Paths.get("/etc/passwd"));
    }

    @Test
    void nothingChanged() {
        assertEquals(null, System.getProperty("faults.changed"));
        assertEquals("/tmp", System.getProperty("java.io.tmpdir"));
        assertEquals("en", Locale.getDefault().getLanguage());
        assertEquals("UTC", TimeZone.getDefault().getID());
        assertEquals(null, Thread.getDefaultUncaughtExceptionHandler());
        assertEquals("varyharness.Shared$Output", System.out.getClass().getName());
        assertEquals(null, java.net.CookieHandler.getDefault());
        assertEquals("sun.net.spi.DefaultProxySelector", java.net.ProxySelector.getDefault().getClass().getName());
        assertEquals(null, java.net.Authenticator.getDefault());
        assertEquals("SUN", java.security.Security.getProviders()[0].getName());
        assertEquals(java.util.logging.Level.INFO, java.util.logging.Logger.getLogger("").getLevel());
        assertEquals(1, java.util.logging.Logger.getLogger("").getHandlers().length);
        assertEquals(null, java.util.logging.Logger.getLogger("java.net").getLevel());
    }

    @Test
    void crashes() throws Exception {
        java.lang.reflect.Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        ((sun.misc.Unsafe) field.get(null)).putAddress(0, 0);
    }

    @Test
    void oddFailure() {
        throw new IllegalStateException("two\nlines") {
            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalArgumentException();
            }
        };
    }
}
