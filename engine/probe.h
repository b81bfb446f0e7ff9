/* Probes: which mutation points does a test reach, and how often do the methods
 * around them loop?
 *
 * Before the instruction of each point, and where a loop budget would be spent
 * (engine/budget.h), goes
 *	<push counter>  invokestatic varyharness/Reach.hit(I)V
 * and nothing else about the class changes: no member, no attribute. Counter p
 * is point p; counter plan->n_points + b counts the entries and backward jumps
 * of body b.
 */
#ifndef ENGINE_PROBE_H
#define ENGINE_PROBE_H

#include "engine/plan.h"

#define PROBE_CLASS "varyharness/Reach"
#define PROBE_METHOD "hit"

uint32_t probe_counters(const struct plan *plan);	/* how many there are */

/* The class with a probe at each point of class number `class_number`.
 * `unprobed` is an array of plan->n_points bools: set for points in methods
 * that have no room for probes; they count as reached by every test. */
enum err_code probe_class(const struct plan *plan, uint32_t class_number,
			  struct arena *arena, bool *unprobed,
			  struct span *ret, struct err *err) MUST_CHECK;

#endif
