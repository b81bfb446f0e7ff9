#include "project/test_class.h"

#include <ctype.h>
#include <string.h>

#include "util/name.h"

static const char *const frameworks[] = {
	"org/junit/", "junit/framework/", "org/testng/", "org/assertj/", "org/hamcrest/",
	"org/mockito/", "org/easymock/", "spock/lang/", "org/spockframework/", "io/kotest/",
	"kotlin/test/", "org/scalatest", "org/specs2/", "munit/", "net/jqwik/",
	"com/google/common/truth/", "groovy/test/", "groovy/util/GroovyTestCase",
	"com/pholser/junit/",
};

/* Annotations of those frameworks that only tests have. */
static const char *const annotations[] = {
	"Lorg/junit/Before;", "Lorg/junit/After;", "Lorg/junit/BeforeClass;",
	"Lorg/junit/AfterClass;", "Lorg/junit/runner/RunWith;",
	"Lorg/junit/experimental/theories/Theory;",
	"Lorg/junit/jupiter/api/BeforeEach;", "Lorg/junit/jupiter/api/AfterEach;",
	"Lorg/junit/jupiter/api/BeforeAll;", "Lorg/junit/jupiter/api/AfterAll;",
	"Lorg/junit/jupiter/api/Nested;", "Lorg/junit/jupiter/api/TestFactory;",
	"Lorg/junit/jupiter/api/TestTemplate;", "Lorg/junit/platform/commons/annotation/Testable;",
	"Lorg/junit/platform/suite/api/Suite;", "Lnet/jqwik/api/Property;",
	"Lnet/jqwik/api/Example;", "Lcom/pholser/junit/quickcheck/Property;",
	"Lorg/testng/annotations/BeforeMethod;", "Lorg/testng/annotations/AfterMethod;",
	"Lorg/testng/annotations/BeforeClass;", "Lorg/testng/annotations/AfterClass;",
	"Lorg/testng/annotations/Factory;", "Lorg/testng/annotations/DataProvider;",
};

static const char *const super_classes[] = { "TestCase", "Spec", "Specification", "Suite" };
static const char *const name_ends[] = { "Test", "Tests", "TestCase", "Spec", "IT" };
#define N(array) (sizeof(array) / sizeof(*(array)))

static bool is_of_framework(const char *constant)
{
	constant += *constant == 'L';
	for (size_t i = 0; i < N(frameworks); i++)
		if (!strncmp(constant, frameworks[i], strlen(frameworks[i])))
			return true;
	return false;
}

static bool is_annotation_of_tests(const char *constant)
{
	for (size_t i = 0; i < N(annotations); i++)
		if (!strcmp(constant, annotations[i]))
			return true;
	return false;
}

static bool sounds_like_test(const char *class_name)
{
	const char *slash = strrchr(class_name, '/'), *name = slash ? slash + 1 : class_name;

	if (!strncmp(name, "Test", 4) && (isupper((unsigned char)name[4]) || !name[4]))
		return true;
	for (size_t i = 0; i < N(name_ends); i++)
		if (name_ends_with(name, name_ends[i]))
			return true;
	return false;
}

static bool has_test_method(const struct class *class)
{
	for (uint16_t m = 0; m < class->n_methods; m++)
		if (class_has_annotation(class, &class->methods[m].attributes, "Test"))
			return true;
	return class_has_annotation(class, &class->attributes, "Test");
}

bool test_class_is(const struct class *class)
{
	bool mentions = false;

	for (uint16_t i = 1; i < class->n_constants; i++) {
		const char *constant = class_utf8(class, i);

		if (!constant || !is_of_framework(constant))
			continue;
		if (is_annotation_of_tests(constant))
			return true;
		mentions = true;
	}
	if (!mentions)
		return false;
	for (size_t i = 0; class->super_name && i < N(super_classes); i++)
		if (name_ends_with(class->super_name, super_classes[i]))
			return true;
	return sounds_like_test(class->name) || has_test_method(class);
}

bool test_class_is_suite(const struct class *class)
{
	static const char *const suites[] = {
		"org/junit/runners/Suite", "Lorg/junit/runners/Suite", "Lorg/junit/platform/suite/api/",
		"junit/framework/TestSuite",
	};

	for (uint16_t i = 1; i < class->n_constants; i++) {
		const char *constant = class_utf8(class, i);

		for (size_t k = 0; constant && k < N(suites); k++)
			if (!strncmp(constant, suites[k], strlen(suites[k])))
				return true;
	}
	return false;
}
