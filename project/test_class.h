/* Does a class look like a test? For places where tests lie among the rest. */
#ifndef PROJECT_TEST_CLASS_H
#define PROJECT_TEST_CLASS_H

#include "classfile/class.h"

/* Whether the class mentions a test framework (org.junit, org.testng, spock,
 * org.assertj ...) and moreover is annotated as a test of it (@Before and the
 * like, @RunWith), has a method annotated @...Test, extends a ...TestCase or
 * ...Spec(ification), or is named as build tools expect of tests. A class that
 * mentions none is no test, whatever it sounds like: it may be an aspect with
 * @Before or a KeySpec. Nested classes and subclasses are the caller's to find. */
bool test_class_is(const struct class *class);

/* Whether a class that is one runs others: it mentions the suites of JUnit 3, 4 or 5. */
bool test_class_is_suite(const struct class *class);

#endif
