package scala.runtime;

public class AbstractPartialFunction {
}
