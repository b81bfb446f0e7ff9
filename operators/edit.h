/* What an operator does to the bytes of a class.
 *
 * Two ways: in place (one instruction's bytes change, nothing moves) and by
 * insertion (classfile/rewrite.h moves the code). Both need nothing but the
 * instruction's own bytes, so that a mutant is made without parsing again.
 */
#ifndef OPERATORS_EDIT_H
#define OPERATORS_EDIT_H

#include "classfile/code.h"
#include "classfile/rewrite.h"
#include "operators/operator.h"

enum edit_kind {	/* the column `becomes` of operators.def */
	EDIT_OPCODE,	/* plain: another opcode */
	EDIT_FLIP, EDIT_NOP, EDIT_CALL, EDIT_VALUE,
	EDIT_UNKNOWN,
};

/* One row of values.def; the columns are explained there. */
struct edit_value {
	enum operator_row row;
	const char *type;
	const char *push;
	const char *says;
};

enum edit_kind edit_kind_of(const struct operator *row);

/* "@flip"; NULL where the column does not name one. */
const char *edit_name(enum edit_kind kind);

/* Whether edit_patch() does it; else edit_insert(). */
bool edit_is_in_place(const struct operator *row);

/* Whether `row`, which looks for the opcode of instruction number `number`,
 * makes a mutant of it that the verifier accepts and that is not the original
 * over again (returning 0 where 0 is what is returned). */
bool edit_can_apply(const struct operator *row, const struct class *class,
		    const struct member *method, const struct code *code,
		    uint32_t number);

/* The same, and the operator's family means to: super.m() is no call to remove. */
bool edit_applies(const struct operator *row, const struct class *class,
		  const struct member *method, const struct code *code,
		  uint32_t number);

/* What `row` returns from a method with this descriptor, or NULL. */
const struct edit_value *edit_find_value(const struct operator *row,
					 const char *method_descriptor);

/* The rows with @value that have none for a method with this descriptor. */
uint64_t edit_rows_without_value(const char *method_descriptor);

/* Changes the instruction whose first byte is at `at`, in a copy of the class. */
void edit_patch(const struct operator *row, uint8_t *at);

/* Plans the edit of the instruction at `pc` of method number `method`, whose
 * first byte is at `at`. */
void edit_insert(const struct operator *row, const struct class *class,
		 uint16_t method, uint32_t pc, const uint8_t *at,
		 struct rewrite *rewrite);

/* Appends the instructions that push what `row` returns, which has a value for
 * this descriptor. At most two stack slots are needed. */
void edit_write_value(const struct operator *row, const char *method_descriptor,
		      struct rewrite *rewrite, struct buf *buf);

/* Whether that is a new object each time, so that no result can be the same. */
bool edit_value_is_fresh(const struct operator *row, const char *method_descriptor);

/* Appends the shortest instruction that pushes `value`. */
void edit_push_int(struct buf *buf, struct rewrite *rewrite, int32_t value);

/* Checks values.def as operator_check_table() does operators.def. */
unsigned edit_check_values(struct buf *out);

#endif
