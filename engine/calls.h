/* Who calls whom in the project, from its class files: enough to tell which methods
 * may lead to one, and which had better not be called with made-up inputs.
 *
 *	calls = calls_build(&arena, classes, n);
 *	n = calls_leading_to(calls, &arena, "shop/Price", "total", "(I)I", max, &entries);
 *
 * A call reaches every method of its name and descriptor in a class of the project that
 * is the one named, or is above or below it; what lambdas do counts as done where they
 * are made. Calls by reflection are not seen.
 */
#ifndef ENGINE_CALLS_H
#define ENGINE_CALLS_H

#include "classfile/class.h"

struct calls;

/* `classes`: [n] parsed, they must outlive the result. A method that cannot be read
 * calls nothing. */
struct calls *calls_build(struct arena *arena, const struct class *const *classes, uint32_t n);

struct calls_entry {
	const char *class_name;		/* internal form */
	const char *method_name, *descriptor;
};

/* Methods that a test could call and that may lead to the one given, itself included,
 * the nearest first, at most `max`; none that may reach files, processes, threads or
 * the network. */
uint32_t calls_leading_to(const struct calls *calls, struct arena *arena, const char *class_name,
			  const char *method_name, const char *descriptor, uint32_t max,
			  struct calls_entry **ret);

/* Every method that may reach those, private ones left out: "shop.Price#load(I)V", the
 * class with dots. Returns how many. */
uint32_t calls_unsafe(const struct calls *calls, struct arena *arena, const char ***ret);

#endif
