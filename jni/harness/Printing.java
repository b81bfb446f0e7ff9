package varyharness;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who listens to what runs print: a run's threads are known by their group. */
final class Printing {

    private final Map<ThreadGroup, Tracer> listeners = new ConcurrentHashMap<>();

    void listen(ThreadGroup group, Tracer tracer) {
        listeners.put(group, tracer);
    }

    void forget(ThreadGroup group) {
        listeners.remove(group);
    }

    private void heard(int stream, byte[] bytes, int offset, int length) {
        if (listeners.isEmpty()) {
            return;
        }
        for (ThreadGroup at = Thread.currentThread().getThreadGroup(); at != null; at = at.getParent()) {
            Tracer tracer = listeners.get(at);
            if (tracer != null) {
                tracer.print(stream, bytes, offset, length);
                return;
            }
        }
    }

    /** @param stream 0 standard output, 1 standard error */
    OutputStream tap(int stream, OutputStream to) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                heard(stream, bytes, offset, length);
                to.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                to.flush();
            }
        };
    }
}
