import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

final class Sample {
    int plain(byte[] bytes) throws IOException {
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            return in.read();
        }
    }

    void nullable(InputStream source) throws IOException {
        try (InputStream in = source) {
            use(in);
        }
    }

    int nested(byte[] bytes, OutputStream target, boolean early) throws IOException {
        try (InputStream in = new ByteArrayInputStream(bytes); OutputStream out = target) {
            if (early)
                return 1;
            out.write(in.read());
        } catch (IOException e) {
            use(null);
        } finally {
            use(null);
        }
        return 2;
    }

    void byHand(InputStream in) throws IOException {
        try {
            use(in);
        } finally {
            in.close();
        }
    }

    void suppressing(Throwable a, Throwable b) {
        a.addSuppressed(b);
    }

    void use(InputStream in) {
    }
}
