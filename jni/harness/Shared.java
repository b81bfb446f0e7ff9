package varyharness;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/**
 * What the JVM has once and tests like to change. It is looked at when the
 * first of some overlapping runs begins and put back when the last has ended.
 */
final class Shared {

    /** The process's stream, which one test must not close for the next. */
    private static final class Output extends PrintStream {
        Output(OutputStream to) {
            super(to, true);
        }

        @Override
        public void close() {
            flush();
        }
    }

    /** Parent of the thread groups of all runs. */
    final ThreadGroup group = new ThreadGroup("vary");

    final Threads threads;

    final Printing printing = new Printing();

    private final PrintStream out = new Output(printing.tap(0, new FileOutputStream(FileDescriptor.out)));
    private final PrintStream err = new Output(printing.tap(1, new FileOutputStream(FileDescriptor.err)));
    private final InputStream in = System.in;
    private final Properties properties = System.getProperties();
    private final Properties values = (Properties) properties.clone();
    private final Locale locale = Locale.getDefault();
    private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    private final Locale format = Locale.getDefault(Locale.Category.FORMAT);
    private final TimeZone zone = TimeZone.getDefault();
    private final Defaults defaults;
    private int running;

    Shared(long worker) {
        threads = new Threads(worker, group.getParent());
        defaults = new Defaults(worker);
        System.setOut(out);
        System.setErr(err);
    }

    synchronized void enter() {
        running++;
    }

    /** Whether the run that asks is the only one. */
    synchronized boolean isAlone() {
        return running == 1;
    }

    synchronized void leave() {
        running = Math.max(0, running - 1);	// a run may have been stopped before it entered
        if (running == 0) {
            putBack();
        }
    }

    private void putBack() {
        putBackSecurityManager();
        if (!FileDescriptor.in.valid() || !FileDescriptor.out.valid() || !FileDescriptor.err.valid()) {
            Native.reopenStreams();
        }
        if (System.out != out) {
            System.setOut(out);
        }
        if (System.err != err) {
            System.setErr(err);
        }
        if (System.in != in) {
            System.setIn(in);
        }
        if (System.getProperties() != properties) {
            System.setProperties(properties);
        }
        if (!properties.equals(values)) {
            properties.clear();
            properties.putAll(values);
        }
        if (Locale.getDefault() != locale || Locale.getDefault(Locale.Category.DISPLAY) != display
                || Locale.getDefault(Locale.Category.FORMAT) != format) {
            Locale.setDefault(locale);
            Locale.setDefault(Locale.Category.DISPLAY, display);
            Locale.setDefault(Locale.Category.FORMAT, format);
        }
        if (!TimeZone.getDefault().equals(zone)) {
            TimeZone.setDefault(zone);
        }
        if (Thread.getDefaultUncaughtExceptionHandler() != null) {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        defaults.putBack();
    }

    @SuppressWarnings({"deprecation", "removal"})	// until JDK 23 a test can still set one
    private void putBackSecurityManager() {
        if (System.getSecurityManager() != null) {
            System.setSecurityManager(null);
        }
    }
}
