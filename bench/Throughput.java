import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What bench/throughput_main.c does, done with ASM, as far as ASM does such things: reads the lines "mutants path" from
 * standard input, prints the same lines. Warm: the passes before the fastest one are its warm-up.
 *
 * A mutant is made in the cheapest way that ASM has: the constants and every method but one are copied, that one is
 * visited and gets a nop; no frames are computed.
 */
class Throughput {
    static final int API = Opcodes.ASM9;

    static final class File {
        byte[] bytes;
        int mutants;
    }

    static final class Nop extends MethodVisitor {
        Nop(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitInsn(Opcodes.NOP);
        }
    }

    /** A nop at the start of method number {@code only}, or of all where that is negative. */
    static final class Nops extends ClassVisitor {
        final int only;
        int methods;

        Nops(ClassVisitor next, int only) {
            super(API, next);
            this.only = only;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            return only < 0 || only == methods++ ? new Nop(next) : next;
        }
    }

    /** Visits everything, keeps nothing. */
    static final class Reader extends ClassVisitor {
        Reader() {
            super(API);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            return new MethodVisitor(API) { };
        }
    }

    static final class Counter extends ClassVisitor {
        int methods;

        Counter() {
            super(API);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            methods++;
            return null;
        }
    }

    static long read(List<File> files) {
        long sum = 0;
        for (File file : files) {
            ClassReader reader = new ClassReader(file.bytes);
            reader.accept(new Reader(), 0);
            sum += reader.getAccess();
        }
        return sum;
    }

    static long rewrite(List<File> files) {
        long sum = 0;
        for (File file : files) {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(file.bytes).accept(new Nops(writer, -1), 0);
            sum += writer.toByteArray().length;
        }
        return sum;
    }

    static long mutate(List<File> files) {
        long sum = 0;
        for (File file : files) {
            if (file.mutants == 0)
                continue;
            ClassReader reader = new ClassReader(file.bytes);
            Counter counter = new Counter();
            reader.accept(counter, ClassReader.SKIP_CODE);
            for (int i = 0; i < file.mutants; i++) {
                ClassWriter writer = new ClassWriter(reader, 0);
                reader.accept(new Nops(writer, i % counter.methods), 0);
                sum += writer.toByteArray().length;
            }
        }
        return sum;
    }

    interface Pass {
        long run(List<File> files);
    }

    static void measure(String name, double amount, List<File> files, int passes, Pass pass) {
        long best = Long.MAX_VALUE, sum = 0;
        for (int i = 0; i < passes; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            sum += pass.run(files);
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        System.out.printf("%s %.6f %.6f%n", name, amount, best / 1e9);
        if (sum == 0)
            System.err.println("nothing done");
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        List<File> files = new ArrayList<>();
        double bytes = 0, mutants = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            File file = new File();
            file.mutants = Integer.parseInt(words[0]);
            file.bytes = Files.readAllBytes(Paths.get(words[1]));
            bytes += file.bytes.length;
            mutants += file.mutants;
            files.add(file);
        }
        int passes = Integer.parseInt(arguments[0]);
        measure("read", bytes / 1e6, files, passes, Throughput::read);
        measure("rewrite", bytes / 1e6, files, passes, Throughput::rewrite);
        measure("mutate", mutants, files, passes, Throughput::mutate);
    }
}
