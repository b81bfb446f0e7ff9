#include "project/test_engine.h"

#include <string.h>

#include "classfile/class.h"

#define SUPERS_MAX 16		/* a chain of own base classes that is longer is a circle */

static const struct {
	const char *package, *why;
} engines[] = {
	{ "org/scalatest/",
	  "written for ScalaTest: add org.scalatestplus' junit-5 library of the same version (its JUnit engine) to the tests' dependencies, or annotate with @RunWith of its JUnitRunner" },
	{ "org/specs2/",
	  "written for specs2: add specs2-junit to the tests' dependencies and annotate with @RunWith(classOf[org.specs2.runner.JUnitRunner])" },
	{ "io/kotest/", "written for Kotest: add io.kotest:kotest-runner-junit5 to the tests' dependencies" },
	{ "org/spekframework/spek2/",
	  "written for Spek: add org.spekframework.spek2:spek-runner-junit5 to the tests' dependencies" },
	{ "munit/", "written for MUnit, which runs by JUnit 4: add junit:junit to the tests' dependencies" },
	{ "zio/test/", "written for ZIO Test: add dev.zio's zio-test-junit-engine to the tests' dependencies" },
	{ "utest/", "written for uTest, which JUnit cannot run; only JUnit's and TestNG's tests can be run here" },
};

static const char *why_of(const char *name)
{
	for (size_t i = 0; name && i < sizeof(engines) / sizeof(*engines); i++)
		if (!strncmp(name, engines[i].package, strlen(engines[i].package)))
			return engines[i].why;
	return NULL;
}

static bool is_named(const struct project_class *class, const char *internal)
{
	const char *name = class->name;

	for (; *name && *internal; name++, internal++)
		if (*name != *internal && !(*name == '.' && *internal == '/'))
			return false;
	return *name == *internal;
}

/* The class of the project with this name in internal form, or NULL. */
static const struct project_class *own_class(const struct project *project, const char *internal)
{
	for (uint32_t i = 0; i < project->n_classes; i++)
		if (is_named(&project->classes[i], internal))
			return &project->classes[i];
	return NULL;
}

/* What one class extends and implements; the next to look at is *at, or NULL. */
static const char *why_here(const struct project *project, const struct project_class **at,
			    struct arena *arena, bool *ret_abstract)
{
	struct err ignored = ERR_INIT;
	struct class *class;
	const char *why;

	if (class_parse(arena, (*at)->bytes, (*at)->what, &class, &ignored) != ERR_OK) {
		*at = NULL;
		return NULL;
	}
	*ret_abstract = class->access & (ACCESS_ABSTRACT | ACCESS_INTERFACE);
	why = why_of(class->super_name);
	for (uint16_t i = 0; !why && i < class->n_interfaces; i++)
		why = why_of(class_name_at(class, class->interfaces[i]));
	*at = why || !class->super_name ? NULL : own_class(project, class->super_name);
	return why;
}

const char *test_engine_missing(const struct project *project, const struct project_class *class)
{
	const struct project_class *at = class;
	struct arena arena = ARENA_INIT;
	const char *why = NULL;
	bool is_abstract = false, is_base_abstract;

	for (unsigned depth = 0; at && !why && depth < SUPERS_MAX && !is_abstract; depth++)
		why = why_here(project, &at, &arena, depth ? &is_base_abstract : &is_abstract);
	arena_release(&arena);
	return is_abstract ? NULL : why;
}
