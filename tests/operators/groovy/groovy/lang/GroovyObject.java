package groovy.lang;

public interface GroovyObject {
}
