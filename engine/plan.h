/* Classes in; the mutants that will be tried out. Decided once, then frozen:
 * later steps read a plan and never rebuild it.
 *
 *	plan_init(&plan, &arena, &settings);
 *	plan_class(&plan, bytes, "Foo.class", &err)     once for each class
 *	plan_finish(&plan);                             ids, order
 *	... read plan.classes, plan.mutants ...
 *
 * Everything lives in the arena given to plan_init, class bytes included only
 * by reference: the caller keeps them.
 */
#ifndef ENGINE_PLAN_H
#define ENGINE_PLAN_H

#include "classfile/code.h"
#include "engine/filtered.h"
#include "operators/operator.h"

struct plan_settings {
	uint64_t operators;	/* bit per row of operators.def; OPERATORS_PIT */
	uint64_t pit_without;	/* bit per row that the group pit shall not try */
	uint32_t filters;	/* bit per enum filter: switched on */
	bool has_private_lookups;	/* some class may read private fields by method handles of its
					   own: engine/field_reads.h */
};

/* All operators of the default level; all filters that are on by default. */
struct plan_settings plan_default_settings(void);

/* One thing that can be changed: an instruction, or several copies of one
 * that the compiler made from one place in the source (finally). */
struct mutant {
	const char *id;		/* total:ARITH_ADD_TO_SUB:3fa1c2 */
	uint64_t hash;		/* what identity.h says; all digits of the id's */
	const struct operator *operator;
	const char *method_name;	/* for people: of a lambda, the method it is written in */
	uint32_t class_number;	/* in plan->classes */
	uint32_t line;		/* 0: not recorded */
	uint16_t method;	/* in class->methods */
	uint16_t n_pcs;
	const char *pit_mutator;	/* "MATH": the group pit asked for it; else NULL */
	const char *description;	/* one sentence in source terms, lower case, no final stop */
	const uint32_t *pcs;	/* [n_pcs] of the instructions changed, ascending */
	uint32_t point;		/* number of the mutation point pcs[0] is at, see plan->n_points;
				   mutants of the same instructions share it */
	uint32_t infection;	/* number of the counter that tells whether the mutated result
				   would have differed (engine/infect.h), or == point */
	uint32_t propagation;	/* number of the counter that tells whether anything could have
				   come of it (engine/field_reads.h), or == infection */
	uint32_t body;		/* number of the method body it is in, in plan->bodies */
};

struct plan_class {
	const struct class *class;
	const char *display_name;	/* with dots: shop.Price$Line */
	const char *source_file;	/* SourceFile attribute or NULL */
	uint32_t first_mutant, n_mutants;	/* in plan->mutants */
	uint32_t first_body, n_bodies;	/* in plan->bodies */
	uint32_t first_setter, n_setters;	/* in plan->setters */
	bool has_field_reads;	/* reads of setters' fields are told: engine/field_reads.h */
	/* private */
	const uint16_t *methods_by_name;	/* [class->n_methods] */
	bool *may_be_pure;	/* [class->n_methods] see pure_may_have() */
};

struct plan_skip {		/* wanted but impossible, with the reason; or an unreadable method */
	const char *class_name, *method, *reason;
};

struct setter;
struct named_setter;
struct dropped_call;

struct plan {
	struct arena *arena;
	struct plan_settings settings;
	struct plan_class *classes;
	uint32_t n_classes;
	struct mutant *mutants;	/* by class, method, first pc, point, row of operators.def */
	uint32_t n_mutants;
	uint32_t n_points;	/* mutation points, and what is counted at each (infection), are
				   numbered 0 .. n_points - 1 over the plan */
	uint16_t *bodies;	/* [n_bodies] methods (in class->methods) whose loops are counted:
				   those that loop or have mutants, by class */
	uint32_t n_bodies;
	bool *is_dropped;	/* [n_bodies] methods whose result some call drops: engine/dropped.h */
	struct setter *setters;	/* [n_setters] by class: engine/setter.h */
	uint32_t n_setters;
	uint32_t n_field_reads;	/* fields of setters whose reads are counted: engine/field_reads.h */
	struct filtered filtered;	/* changes that filters dropped */
	struct plan_skip *skips;
	uint32_t n_skips;
	/* private */
	uint32_t size_classes, size_mutants, size_skips, size_bodies, size_setters;
	const struct plan_class **classes_by_name;	/* [n_classes] */
	struct named_setter *setters_by_name;	/* [n_setters] */
	struct dropped_call *dropped_calls;	/* [n_dropped_calls] */
	uint32_t n_dropped_calls, size_dropped_calls;
	uint64_t rows_for[256];	/* by opcode: rows of operators.def */
};

void plan_init(struct plan *plan, struct arena *arena,
	       const struct plan_settings *settings);

/* Parses a class and adds its mutants. A class without any is added too. A
 * method that cannot be read is a skip, not an error. */
enum err_code plan_class(struct plan *plan, struct span bytes,
			 const char *what, struct err *err) MUST_CHECK;

/* Gives ids (short, stable, unique in the plan) and freezes. */
void plan_finish(struct plan *plan);

/* The mutants whose id, or id without its hash, or unambiguous prefix is
 * `text`: sets *ret and returns how many match (0: none, > 1: ambiguous, *ret
 * is the first). */
uint32_t plan_find(const struct plan *plan, const char *text,
		   const struct mutant **ret);

/* What the call is that a mutant removes or changes. False where it is none. */
bool plan_call(const struct plan *plan, const struct mutant *mutant, enum opcode *ret_opcode,
	       struct member_ref *ret);

/* The class of this name in internal form, or NULL. In a finished plan. */
const struct plan_class *plan_class_named(const struct plan *plan, const char *name);

#define PLAN_NO_METHOD UINT32_MAX

/* The number of the method (in class->methods), or PLAN_NO_METHOD; of any descriptor
 * where that is NULL. In a finished plan. */
uint32_t plan_method_named(const struct plan_class *planned, const char *name,
			   const char *descriptor);

#endif
