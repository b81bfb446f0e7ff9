package faults;

import org.junit.jupiter.api.Test;

/** What a digest is made of; see tests/worker_main.c. */
class Traced {

    @Test
    void same() {
        Subject.cycle();
        Subject.keys();
        Subject.lambda();
        Subject.own();
        try {
            Subject.fail();
        } catch (RuntimeException expected) {
            return;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void huge() {
        Subject.huge();
    }

    @Test
    void different() {
        for (int i = 0; i < 40; i++) {
            Subject.value(i);
        }
    }

    @Test
    void calledBack() {
        Subject.hand(x -> x + 1);
        own(x -> x + 2);
    }

    private static int own(java.util.function.IntUnaryOperator to) {
        return to.applyAsInt(6);
    }

    @Test
    void prints() {
        System.out.print("to ");
        System.out.println("out");
        System.err.println("to err");
    }

    @Test
    void many() {
        for (int i = 0; i < 50_000; i++) {
            Target.value();
        }
    }
}
