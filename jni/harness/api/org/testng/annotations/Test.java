package org.testng.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Retention(RetentionPolicy.RUNTIME)
public @interface Test {
    String[] dependsOnMethods() default {};

    String dataProvider() default "";

    int invocationCount() default 1;

    int priority() default 0;

    String[] groups() default {};

    Class<?> retryAnalyzer() default Class.class;
}
