/* What needs JVMTI: stopping threads, looking at their stacks, and knowing that
 * memory ran out. */
#ifndef JNI_AGENT_H
#define JNI_AGENT_H

#include "jni/context.h"

/* Where a thread may be stopped, besides in what the run's own classes do. */
enum stop_where {
	STOP_ANYWHERE,		/* in whatever they called it for */
	STOP_INSIDE,		/* nowhere: a thread in its test engine will see by itself that it has to end */
	STOP_TASK,		/* in a task, whoever's, not where its pool looks for the next: it would
				   die with the lock of the queue, which goes on to other runs */
};

/* From now on worker->exhaustions counts. */
enum err_code agent_open(struct worker *worker, struct err *err) MUST_CHECK;

/* Makes the thread throw worker->stop, unless it has ended or is at a place that
 * would not outlive that: an initialiser or the loading of a class that all runs
 * share would then fail for ever. Returns whether it was done; if not, ask again
 * soon. Where it blocks to enter a monitor, or in native code, it takes effect
 * after that.
 *
 * `loader` is the run's, or NULL for any run's: what its own classes do may always be stopped. */
bool agent_stop(struct worker *worker, JNIEnv *env, jthread thread, jobject loader,
		enum stop_where where);

/* Whether a class that `loader` (NULL: any run's) defined has a frame on the thread's stack. */
bool agent_runs(struct worker *worker, JNIEnv *env, jthread thread, jobject loader);

/* Classes outside the isolated loaders that cannot be used any more because
 * their initialiser failed. */
uint32_t agent_broken_classes(struct worker *worker, JNIEnv *env);

/* Whether an agent that came with the tests may have changed classes; true where the
 * JVM does not tell. */
bool agent_instruments(struct worker *worker, JNIEnv *env);

void agent_collect_garbage(struct worker *worker);

/* Collects garbage until no class that a run's loader defined is left, or until
 * `deadline` (of context_now()). Once may be too little: while a method is being
 * compiled, the JVM's compiler holds its class. */
void agent_let_runs_go(struct worker *worker, JNIEnv *env, uint64_t deadline);

/* Whether the class has been initialised, to its end. */
bool agent_is_initialised(const struct worker *worker, jclass class);

/* Gives the class of the JVM's own loader (name in internal form) these bytes: the
 * same class with other method bodies. Nothing happens where there is no such class
 * or it cannot be linked: then no one can use it. */
enum err_code agent_redefine(struct worker *worker, JNIEnv *env, const char *name,
			     struct span bytes, struct err *err) MUST_CHECK;

#endif
