package varyharness;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.TypeMirror;

/** An expression whose value an assertion could pin down. */
final class Candidate {

    enum Shape {
        WHOLE,      // the call is a statement: the assertion takes its place
        INITIAL,    // it initialises a variable: the assertion follows
        REPEAT,     // it can be asked again after the statement
        HOIST,      // it moves into a variable before the statement
        AFTER,      // it is asked after a statement
        NEW,        // it is a test of its own
        BARE,       // so is the made-up call alone, for what it throws
    }

    final int number;
    final String method;
    final String expression;
    final TypeMirror type;
    final List<Shape> shapes = new ArrayList<>();
    final List<String> setup = new ArrayList<>();
    int rank;

    /** Where the expression stands in the source, where it does. */
    int from = -1;
    int to = -1;

    /** The statement it belongs to, and the variable that this initialises. */
    int anchorFrom = -1;
    int anchorTo = -1;
    String variable;

    /** What is asked of the expression in place, after it. */
    String suffix = "";

    /** Where the assertion goes into a block that begins at the anchor's end: one step to the right. */
    boolean isWithin;

    /** The made-up call that is asked about, and its number, from 1 up. */
    String bare;
    int call;

    boolean dropped;

    Candidate(int number, String method, String expression, TypeMirror type, int rank) {
        this.number = number;
        this.method = method;
        this.expression = expression;
        this.type = type;
        this.rank = rank;
    }

    boolean isInPlace() {
        return from >= 0;
    }
}
