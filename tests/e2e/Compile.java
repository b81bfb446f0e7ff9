import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import javax.tools.ToolProvider;

/** javac that stays warm: arguments, tabs between them, a line; answers with its words, then `done CODE`. */
class Compile {
    public static void main(String[] none) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = in.readLine()) != null;) {
            int code = ToolProvider.getSystemJavaCompiler()
                .run(null, OutputStream.nullOutputStream(), System.out, line.split("\t"));
            System.out.println("\ndone " + code);
        }
    }
}
