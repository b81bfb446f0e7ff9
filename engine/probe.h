/* Probes: which mutation points does a test reach, where would a mutated result
 * have differed, and how often do the methods around them loop?
 *
 * Before the instruction of each point goes
 *	<push counter>  invokestatic varyharness/Reach.hit(I)V
 * and, for each of its mutants that can be tried out, what engine/infect.h says;
 * before the places where a loop budget would be spent (engine/budget.h) goes the
 * call alone. Nothing else about the class changes: no member, no attribute.
 * Counters below plan->n_points are those of struct mutant; counter
 * plan->n_points + b counts the entries and backward jumps of body b. Those from
 * plan->n_points + plan->n_bodies up are for the worker alone (engine/field_reads.h).
 */
#ifndef ENGINE_PROBE_H
#define ENGINE_PROBE_H

#include "engine/plan.h"

uint32_t probe_counters(const struct plan *plan);	/* how many there are */

/* Whether the class is another one with probes. */
bool probe_changes(const struct plan *plan, uint32_t class_number);

/* The class with a probe at each point of class number `class_number`. In a
 * method that would grow too long nothing is tried out: reach counts as
 * infection. `unprobed` is an array of plan->n_points bools: set for the
 * counters of methods that have no room even for that; every test counts as
 * having hit them. */
enum err_code probe_class(const struct plan *plan, uint32_t class_number,
			  struct arena *arena, bool *unprobed,
			  struct span *ret, struct err *err) MUST_CHECK;

#endif
