#include "operators/pit.h"

#include <string.h>

#include "operators/edit.h"

static const struct pit_row {
	enum operator_row row;
	const char *type, *mutator;
} rows[] = {
#define PIT(operator, type, mutator) { ROW_##operator, type, mutator },
#include "operators/pit.def"
#undef PIT
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

/* What the column `type` is compared with. */
static bool type_of(const struct operator *row, const struct class *class,
		    const struct member *method, const struct insn *insn,
		    struct descriptor_type *ret)
{
	struct member_ref ref;

	if (edit_kind_of(row) != EDIT_CALL) {
		*ret = descriptor_return(method->descriptor);
		return true;
	}
	if (!class_member_ref_at(class, insn->index, &ref) ||
	    !descriptor_is_method(ref.descriptor))
		return false;
	*ret = descriptor_return(ref.descriptor);
	return true;
}

static bool fits(const struct pit_row *pit, struct descriptor_type type)
{
	if (!*pit->type)
		return true;
	if (!pit->type[1])
		return *pit->type == type.kind;
	return strlen(pit->type) == type.len && !memcmp(pit->type, type.start, type.len);
}

const char *pit_mutator(const struct operator *row, const struct class *class,
			const struct member *method, const struct insn *insn)
{
	struct descriptor_type type;

	if (!type_of(row, class, method, insn, &type))
		return NULL;
	for (size_t i = 0; i < N_ROWS; i++)
		if (row == &operators[rows[i].row] && fits(&rows[i], type))
			return *rows[i].mutator ? rows[i].mutator : NULL;
	return NULL;
}

unsigned pit_check_table(struct buf *out)
{
	unsigned bad = 0;

	for (size_t i = 0; i < N_ROWS; i++) {
		const struct operator *row = &operators[rows[i].row];
		enum edit_kind kind = edit_kind_of(row);
		const char *complaint = NULL;

		if (*rows[i].type && kind != EDIT_CALL && kind != EDIT_VALUE)
			complaint = "has a type, and no use for it";
		if (rows[i].type[0] && rows[i].type[1] && !descriptor_is_field(rows[i].type))
			complaint = "has a type that is none";
		for (size_t j = 0; j < i; j++)
			if (rows[j].row == rows[i].row &&
			    (!*rows[j].type || !strcmp(rows[j].type, rows[i].type)))
				complaint = "comes too late: a row above it always fits";
		if (complaint) {
			bad++;
			buf_fmt(out, "pit.def: %s %s %s\n", row->name, rows[i].type, complaint);
		}
	}
	return bad;
}
