/* Reads of the fields that setters set: what a removed call has not set, did
 * anybody look at it?
 *
 * A removed call of a setter (engine/setter.h) leaves one field with another
 * value. Until somebody reads that field, mutant and original still do the same:
 * the mutant infects, and propagates nowhere (RIPR: Ammann, Offutt, "Introduction
 * to Software Testing"). So only a test in which it is read need meet the mutant.
 *
 * A private field is read by getfield in the nest of its class (JVMS 5.4.4), and
 * past the compiler by whoever finds it by reflection. Before each such getfield,
 * whichever class it names, goes
 *	Reach.hit(counter)
 * with a counter that the worker alone looks at (Calls), and a class whose fields anybody asks the JVM for counts as read from then on,
 * for as long as its loader lives (jni/watch.h). Nothing is known of a field
 *
 *	that is not private;
 *	of a nest with a class that is not in the plan, has native methods, makes
 *	method handles of its own, or has a method that might have no room;
 *	of any class, where some class of the project calls privateLookupIn()
 *	(settings.has_private_lookups): it may spell the field's name out, where
 *	a library has to ask for it.
 */
#ifndef ENGINE_FIELD_READS_H
#define ENGINE_FIELD_READS_H

#include "engine/plan.h"
#include "operators/edit.h"

#define FIELD_READS_UNKNOWN UINT32_MAX

/* Whether a class may be the reason for settings.has_private_lookups. */
bool field_reads_looks_up(struct span class_bytes);

/* When the plan has all its classes and setters: gives the fields their
 * counters, after those of points and bodies. */
void field_reads_settle(struct plan *plan);

/* Plans the edits of a class that has_field_reads. */
enum err_code field_reads_weave(const struct plan *plan, uint32_t class_number,
				struct arena *arena, struct rewrite *rewrite,
				struct err *err) MUST_CHECK;

#endif
