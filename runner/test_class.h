/* Does a class look like a test? For places where tests lie among the rest. */
#ifndef RUNNER_TEST_CLASS_H
#define RUNNER_TEST_CLASS_H

#include "classfile/class.h"

/* Has a method annotated @...Test, @TestFactory, @Theory, @Property ..., or a
 * class annotation @RunWith or @Testable, or extends a ...TestCase or a
 * ...Spec(ification). Classes nested in one are the caller's to find. */
bool test_class_is(const struct class *class);

#endif
