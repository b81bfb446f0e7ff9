/* A method body as instructions (JVMS 4.7.3, 6.5). */
#ifndef CLASSFILE_CODE_H
#define CLASSFILE_CODE_H

#include "classfile/class.h"
#include "classfile/opcode.h"

#define CODE_LENGTH_MAX 65535
#define INSN_NONE UINT32_MAX

struct switch_table {		/* tableswitch and lookupswitch alike */
	uint32_t default_pc;
	uint32_t n;
	const int32_t *keys;
	const uint32_t *targets;	/* pcs */
};

struct insn {
	uint32_t pc;
	uint32_t length;	/* bytes, with `wide` prefix and switch padding */
	enum opcode opcode;	/* of a wide instruction: the one widened */
	bool wide;
	uint16_t index;		/* constant, or local variable (also of iload_0 ...) */
	int32_t value;		/* bipush, sipush, iinc, iconst_x: the number; newarray:
				   type; multianewarray: dimensions */
	uint32_t target;	/* jumps: pc */
	const struct switch_table *table;	/* switches, else NULL */
};

struct exception_entry {
	uint32_t start, end, handler;	/* pcs; end is exclusive */
	uint16_t catch_index;		/* 0: any */
	const char *catch_type;		/* NULL: any */
};

struct line_entry {
	uint32_t pc, line;
};

struct local_entry {		/* LocalVariableTable, JVMS 4.7.13 */
	uint32_t start, length;
	const char *name, *descriptor;
	uint16_t index;
};

struct code {
	uint16_t max_stack, max_locals;
	struct span bytes;		/* the code array */
	size_t bytes_offset;		/* where it stands in class->bytes */
	struct insn *insns;
	uint32_t n_insns;
	uint32_t *insn_at;		/* [bytes.len + 1]: pc -> number of the instruction
					   that starts there, or INSN_NONE */
	struct exception_entry *exceptions;
	uint16_t n_exceptions;
	struct line_entry *lines;	/* all LineNumberTables, sorted by pc */
	uint32_t n_lines;
	struct local_entry *locals;
	uint32_t n_locals;
	bool *is_target;		/* [n_insns]: a jump, switch or handler leads here */
	struct attributes attributes;
};

/* Reads the Code attribute of `method`, which must have one. Checks that every
 * jump, switch and handler leads to the start of an instruction, that ranges
 * are ranges, and that constant indices are of the kind the instruction
 * needs. */
enum err_code code_parse(struct arena *arena, const struct class *class,
			 const struct member *method, struct code **ret,
			 struct err *err) MUST_CHECK;

/* Bytes of the instruction that starts at `pc` in a code array of `len` bytes;
 * 0 where there is none or it does not fit. */
uint32_t code_insn_length(const uint8_t *code, uint32_t pc, uint32_t len);

/* Whether a class has the Code attributes of before version 45.3, where
 * max_stack and max_locals are one byte each and code_length two. */
bool code_is_ancient(const struct class *class);

/* The source line of the instruction at `pc`, 0 where none is recorded. */
uint32_t code_line(const struct code *code, uint32_t pc);

/* The LocalVariableTable's entry for variable `index` as seen by an
 * instruction at `pc` (a store's variable starts after it: ask with the pc of
 * the next instruction), or NULL. */
const struct local_entry *code_local(const struct code *code, uint32_t pc,
				     uint16_t index);

/* How many operand stack slots `insn` pops and pushes, also where it depends
 * on its constant (invocations, field access, multianewarray). Long and double
 * are two slots. */
void code_stack_effect(const struct class *class, const struct insn *insn,
		       unsigned *ret_pops, unsigned *ret_pushes);

#endif
