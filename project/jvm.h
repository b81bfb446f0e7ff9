/* Which JVM the workers open.
 *
 *	jvm_find(&arena, asked, &libjvm, &home, &err)
 *
 * `asked` (--jvm) may be a JDK's or JRE's home, its bin/java or its libjvm.so;
 * NULL: JAVA_HOME, else `java` on PATH with its links resolved. What was asked
 * for is taken or refused; JAVA_HOME and PATH are tried in turn. ERR_MISSING
 * names everything that was tried, and what to do.
 */
#ifndef PROJECT_JVM_H
#define PROJECT_JVM_H

#include "util/arena.h"
#include "util/err.h"

#define JVM_VERSION_MIN 11

enum err_code jvm_find(struct arena *arena, const char *asked,
		       const char **ret_libjvm, const char **ret_home,
		       struct err *err) MUST_CHECK;

/* Of the JVM in `home`, 17 for Java 17, as its file `release` says; 0 where it does not. */
unsigned jvm_feature(struct arena *arena, const char *home);

#endif
