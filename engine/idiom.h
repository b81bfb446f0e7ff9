/* How Kotlin, Scala and Groovy write what their compilers made of it: `a == b` for
 * Intrinsics.areEqual(a, b), `x.name` for x.getName(), `a + b` for a.$plus(b).
 *
 * wording.c asks here first and words as Java what nobody here claims. What calls
 * stand for is in idioms.def; idiom_kotlin.c, idiom_scala.c and idiom_groovy.c have
 * the rules that are no list.
 */
#ifndef ENGINE_IDIOM_H
#define ENGINE_IDIOM_H

#include "engine/wording.h"

enum idiom_language { IDIOM_KOTLIN, IDIOM_SCALA, IDIOM_GROOVY };

#define IDIOM_BY_NAME 'N'	/* as a type: a value that is computed where it is used */

enum idiom_form {	/* what a call is written as; `as` is the last column of idioms.def */
	FORM_VALUE,	/* the last argument alone: boxing, views */
	FORM_INFIX,	/* the first, `as`, the second */
	FORM_PREFIX,	/* `as`, the first */
	FORM_PROPERTY,	/* the first.as */
	FORM_MEMBER,	/* the first.as(the rest) */
	FORM_FUNCTION,	/* as(all): of no class */
	FORM_INDEX,	/* the first[the second] */
	FORM_LIST,	/* [all] */
};

struct idiom_row {
	enum idiom_language language;
	const char *owner;	/* of the method; a * at its end stands for any end */
	const char *method;
	enum idiom_form form;
	const char *as;		/* NULL: the method's own name */
};

struct idiom {
	enum idiom_language language;
	const char *create;	/* before a class of which an object is made */
	const char *lambda;	/* a function without a name */
	const char *same[2];	/* the signs for one object, and for two */
	const char *integers;	/* what Integer.MAX_VALUE begins with */
	const char *largest, *smallest;	/* and what it ends with */
	bool has_steps;		/* ++ and -- */
	bool has_trailing;	/* a lambda may stand behind the parentheses */
	/* The name of a variable, field, method or class as written, from *name on,
	 * *len bytes: the compiler's own additions are cut off. */
	void (*trim)(const char **name, size_t *len);
	/* What the compiler calls an object that is not named in the source. */
	bool (*is_self)(const struct express *express, const struct expr *expr);
	bool (*is_function_class)(const char *name);	/* a lambda compiled to a class */
	/* An argument that is not written: `type` is its parameter's descriptor. */
	bool (*hides)(const struct expr *arg, const char *type, bool is_last);
	/* Says what is special; false: nothing, and nothing was added. */
	bool (*say)(struct wording *wording, const struct expr *expr, char wanted,
		    enum wording_precedence least);
};

/* By the compiler, or by the ending of the name of the source file (or NULL); NULL: Java. */
const struct idiom *idiom_of(const char *source_file, bool is_kotlin, bool is_scala,
			     bool is_groovy);

/* Of a wording that has one. False: to be worded as Java, and nothing was added. */
bool idiom_say(struct wording *wording, const struct expr *expr, char wanted,
	       enum wording_precedence least);

/* A boolean, or its opposite. */
void idiom_boolean(struct wording *wording, const struct expr *expr, bool is_negated,
		   enum wording_precedence least);

/* The sign for comparing references, or NULL. */
const char *idiom_same(const struct wording *wording, const struct expr *left,
		       const struct expr *right, bool is_negated);

/* A value of operators/values.def, in Java's words, as this language has it; "an
 * empty list" stays. `idiom` may be NULL. */
const char *idiom_value(const struct idiom *idiom, const char *says);

/* ---- for the languages ---- */

/* The row of idioms.def for a call, or NULL. */
const struct idiom_row *idiom_row_of(const struct idiom *idiom, const struct expr *call);

/* What is left of a value without casts, boxes and views. */
const struct expr *idiom_peeled(const struct idiom *idiom, const struct expr *expr);

bool idiom_is_this(const struct wording *wording, const struct expr *expr);

/* Trimmed, and operators spelled as such. */
void idiom_add_name(struct wording *wording, const char *name);
void idiom_add_class(struct wording *wording, const char *name);

/* What stands last in a class's name, nested or not; in `name`. */
const char *idiom_simple_name(const char *name);

/* Kotlin's and Scala's name of a primitive type: "Int" for I; NULL for what is none. */
const char *idiom_primitive(char letter, enum idiom_language language);

/* "left.", nothing where it is not written. */
void idiom_add_receiver(struct wording *wording, const struct expr *receiver);

/* "(a, b)" from the argument `first` on; `receiver` counts as an argument too. Nothing
 * at all where `is_bare` and none is to be seen. */
void idiom_add_arguments(struct wording *wording, const struct expr *call, uint16_t first,
			 bool is_bare);

/* Those of them that are written, from `first` on; `ret` has room for OPERAND_ARGS_MAX. */
uint16_t idiom_arguments(const struct wording *wording, const struct expr *call,
			 uint16_t first, const struct expr **ret, char *ret_types);

/* "a + b", in parentheses where it binds looser than `least`. */
void idiom_add_infix(struct wording *wording, const struct expr *left, const char *sign,
		     const struct expr *right, enum wording_precedence own,
		     enum wording_precedence least);

/* The precedence of an operator by its first character. */
enum wording_precedence idiom_precedence(char first);

extern const struct idiom idiom_kotlin, idiom_scala, idiom_groovy;

#endif
