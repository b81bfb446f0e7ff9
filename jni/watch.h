/* Sees what a run uses that other runs could use at the same time, beyond its
 * loader: ports it binds, files it opens to write, the JVM's standard streams. And
 * whoever asks a class for its fields (engine/field_reads.h).
 *
 * A few native methods of the JDK are registered again with functions that note
 * the call and go on to the JDK's own. A use is noted as a number made from its
 * name ("port 8080", "file /tmp/x"), for every run with WIRE_RUN_PROBED under way.
 * Loader.showsFields() is told of classes that are asked.
 */
#ifndef JNI_WATCH_H
#define JNI_WATCH_H

#include "jni/context.h"

/* Before any run. A JDK that lacks one of the methods is watched less. */
void watch_open(struct worker *worker, JNIEnv *env, const char *libjvm);

/* Whether all are seen that ask a class for its fields. */
bool watch_tells_fields(void);

#endif
