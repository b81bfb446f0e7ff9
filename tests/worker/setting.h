/* What the tests share: made once by a worker that compiles and discovers, then
 * constant. */
#ifndef TESTS_WORKER_SETTING_H
#define TESTS_WORKER_SETTING_H

#include "tests/worker/host.h"

#define SETTING_UNITS_MAX 64
#define SETTING_CLASSES_MAX 64

struct compiled { const char *name; struct span bytes; };

struct unit { const char *driver, *container, *id, *method; };

struct setting {
	struct arena arena;
	const char *libjvm, *classpath, *sources;
	struct compiled classes[SETTING_CLASSES_MAX];
	uint32_t n_classes;
	struct span mutant, probed;	/* faults.Target */
	struct unit units[SETTING_UNITS_MAX];
	uint32_t n_units;
};

extern struct setting setting;

/* JVM, CLASSPATH, SOURCES. Ends the program where it cannot be made. */
void setting_make(char **args);

/* Asks the worker to compile the sources that the pattern names. */
void setting_send_compile(struct host *host, const char *pattern);

#endif
