final class Sample implements groovy.lang.GroovyObject {
    int twice(int n) {
        return n * 2;
    }
}

final class SampleOfJava {
    int twice(int n) {
        return n * 2;
    }
}
