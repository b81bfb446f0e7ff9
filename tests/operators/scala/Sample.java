import scala.Predef$;
import scala.Product;
import scala.reflect.ScalaSignature;
import scala.runtime.AbstractPartialFunction;

/** What scalac writes of case class Sample(n: Int), in Java. */
@ScalaSignature
final class Sample implements Product {
    private final int n;
    private int late;
    private boolean bitmap$0;

    Sample(int n) {
        this.n = n;
        Predef$.MODULE$.require(n > 0);
    }

    static int twice(int n) {
        return Sample$.MODULE$.twice(n);
    }

    static int thrice(int n) {
        return Sample$.MODULE$.twice(n) + n;
    }

    public Sample copy(int n) {
        return new Sample(n);
    }

    public int productArity() {
        return 1;
    }

    public boolean canEqual(Object other) {
        return other instanceof Sample;
    }

    public boolean equals(Object x$1) {
        return this == x$1 || x$1 instanceof Sample && ((Sample) x$1).n == n;
    }

    /** One that a person wrote. */
    public int hashCode() {
        return n * 31;
    }

    public int late() {
        return bitmap$0 ? late : late$lzycompute();
    }

    public int n() {
        return n;
    }

    public boolean $less(Sample that) {
        return Ordered$class.$less(this, that);
    }

    public int half() {
        return Sample$.MODULE$.half$extension(n());
    }

    public int apply() {
        return apply$mcI$sp();
    }

    public int apply$mcI$sp() {
        return n / 2;
    }

    private static boolean isPair(Object check$ifrefutable$1) {
        return check$ifrefutable$1 instanceof Object[];
    }

    int twiceOfDefault() {
        return twice(Sample$.MODULE$.twice$default$1());
    }

    private Object Dot$module;

    Object Dot() {
        return Dot$module == null ? Dot$lzycompute() : Dot$module;
    }

    private Object Dot$lzycompute() {
        if (Dot$module == null)
            Dot$module = new Object();
        return Dot$module;
    }

    Object[] wrapped() {
        return Predef$.MODULE$.genericWrapArray(new Object[] { n });
    }

    private int late$lzycompute() {
        if (!bitmap$0) {
            late = Predef$.MODULE$.intWrapper(n);
            bitmap$0 = true;
        }
        return late;
    }
}

@ScalaSignature
final class Sample$ {
    static final Sample$ MODULE$ = new Sample$();

    Sample apply(int n) {
        return new Sample(n);
    }

    int twice(int n) {
        return n + n;
    }

    int half$extension(int $this) {
        return $this / 2;
    }

    boolean equals$extension(int $this, Object other) {
        return other instanceof Sample;
    }

    /** What a person wrote stays. */
    int twice$default$1() {
        return 7;
    }

    private Object readResolve() {
        return MODULE$;
    }
}

@ScalaSignature
final class Sample$positive$1 extends AbstractPartialFunction {
    boolean isDefinedAt(int n) {
        return n > 0;
    }

    boolean applyOrElse(int n) {
        return n > 0;
    }
}

/** A closure that uses the object it is written in. */
@ScalaSignature
final class Sample$inner$1 {
    private final Sample $outer;

    Sample$inner$1(Sample $outer) {
        if ($outer == null)
            throw null;
        this.$outer = $outer;
    }

    Sample $outer() {
        return $outer;
    }

    int twice() {
        return Sample.twice($outer().n());
    }
}

/** A trait's bodies, before Scala 2.12. */
final class Ordered$class {
    static boolean $less(Sample a, Sample b) {
        return a.n() < b.n();
    }
}

/** The same by hand is a person's. */
final class SampleOfJava implements Product {
    boolean canEqual(Object other) {
        return other instanceof SampleOfJava;
    }
}
