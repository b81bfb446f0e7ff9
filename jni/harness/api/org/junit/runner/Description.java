package org.junit.runner;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;

public class Description {
    private Description() {
    }

    public native ArrayList<Description> getChildren();

    public native Collection<Annotation> getAnnotations();

    public native <T extends Annotation> T getAnnotation(Class<T> type);

    public native Class<?> getTestClass();

    public native String getDisplayName();

    public native boolean isTest();
}
