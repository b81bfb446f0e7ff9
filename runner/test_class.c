#include "runner/test_class.h"

#include <string.h>

static const char *const method_annotations[] = {
	"Test", "TestFactory", "TestTemplate", "Theory", "Property", "Example",
};
static const char *const class_annotations[] = { "RunWith", "Testable", "Suite", "Test" };
static const char *const super_classes[] = { "TestCase", "Spec", "Specification" };
#define N(array) (sizeof(array) / sizeof(*(array)))

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && !strcmp(text + len - n, end);
}

bool test_class_is(const struct class *class)
{
	for (size_t i = 0; class->super_name && i < N(super_classes); i++)
		if (ends_with(class->super_name, super_classes[i]))
			return true;
	for (size_t i = 0; i < N(class_annotations); i++)
		if (class_has_annotation(class, &class->attributes, class_annotations[i]))
			return true;
	for (uint16_t m = 0; m < class->n_methods; m++)
		for (size_t i = 0; i < N(method_annotations); i++)
			if (class_has_annotation(class, &class->methods[m].attributes,
						 method_annotations[i]))
				return true;
	return false;
}
