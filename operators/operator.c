#include "operators/operator.h"

#include <string.h>
#include <strings.h>

#include "operators/edit.h"

const char *const family_names[N_FAMILIES] = {
	[FAMILY_ARITHMETIC] = "arithmetic",
	[FAMILY_CONDITIONAL] = "conditional",
	[FAMILY_RETURN] = "return",
	[FAMILY_NEGATION] = "negation",
	[FAMILY_CALL] = "call",
	[FAMILY_POISON] = "poison",
};

const struct operator operators[] = {
#define OPERATOR(name, family, looks_for, becomes, says) \
	{ #name, FAMILY_##family, looks_for, becomes, says },
#include "operators/operators.def"
#undef OPERATOR
};

const unsigned n_operators = sizeof(operators) / sizeof(operators[0]);
_Static_assert(sizeof(operators) / sizeof(operators[0]) <= 63,
	       "sets of operators are 64 bits, and one is OPERATORS_PIT");

const struct operator *operator_find(const char *name)
{
	for (unsigned i = 0; i < n_operators; i++)
		if (!strcmp(operators[i].name, name))
			return &operators[i];
	return NULL;
}

bool operator_select(const char *name, uint64_t *ret_mask)
{
	uint64_t mask = 0;

	for (unsigned i = 0; i < n_operators; i++)
		if (!strcasecmp(name, operators[i].name) ||
		    !strcasecmp(name, family_names[operators[i].family]) ||
		    !strcasecmp(name, "all"))
			mask |= UINT64_C(1) << i;
	if (!strcasecmp(name, "pit"))
		mask = OPERATORS_PIT;
	if (!mask)
		return false;
	*ret_mask = mask;
	return true;
}

/* The next blank-separated word; its length, 0 at the end. */
static size_t next_word(const char **at, const char **ret_word)
{
	size_t len;

	*at += strspn(*at, " ");
	len = strcspn(*at, " ");
	*ret_word = *at;
	*at += len;
	return len;
}

enum opcode operator_becomes(const struct operator *row, enum opcode opcode)
{
	const char *name = opcode_info[opcode].name;
	const char *from = row->looks_for, *to = row->becomes, *word;
	size_t len, name_len;

	if (*to == '@' || !name)
		return OPC_NONE;
	name_len = strlen(name);
	while ((len = next_word(&from, &word))) {
		bool found = len == name_len && !memcmp(word, name, len);

		len = next_word(&to, &word);
		if (found)
			return opcode_find(word, len);
	}
	return OPC_NONE;
}

void operator_index(uint64_t *ret_rows)
{
	memset(ret_rows, 0, 256 * sizeof(*ret_rows));
	for (unsigned i = 0; i < n_operators; i++) {
		const char *at = operators[i].looks_for, *word;
		size_t len;

		while ((len = next_word(&at, &word))) {
			enum opcode opcode = opcode_find(word, len);

			if (opcode != OPC_NONE)
				ret_rows[opcode] |= UINT64_C(1) << i;
		}
	}
}

bool operator_next_row(uint64_t *rows, unsigned *ret)
{
	if (!*rows)
		return false;
	*ret = (unsigned)ffsll((long long)*rows) - 1;
	*rows &= *rows - 1;
	return true;
}

static bool has_same_shape(enum opcode a, enum opcode b)
{
	return opcode_info[a].operand == opcode_info[b].operand &&
	       !strcmp(opcode_info[a].pops, opcode_info[b].pops) &&
	       !strcmp(opcode_info[a].pushes, opcode_info[b].pushes);
}

static const char *row_complaint(const struct operator *row)
{
	const char *from = row->looks_for, *to = row->becomes, *word;
	bool is_edit = *row->becomes == '@';
	size_t len;

	if (is_edit && (edit_kind_of(row) == EDIT_UNKNOWN ||
			strcmp(row->becomes, edit_name(edit_kind_of(row))) != 0))
		return "names an unknown edit";
	if (!*row->says || strchr(".\n", row->says[strlen(row->says) - 1]))
		return "has no sentence, or one with a final stop";
	if (!strchr(row->name, '_'))
		return "has a name without a family";
	while ((len = next_word(&from, &word))) {
		enum opcode a = opcode_find(word, len), b;

		if (a == OPC_NONE)
			return "looks for an unknown instruction";
		if (is_edit)
			continue;
		len = next_word(&to, &word);
		b = len ? opcode_find(word, len) : OPC_NONE;
		if (b == OPC_NONE)
			return "has no replacement for an instruction";
		if (a == b)
			return "replaces an instruction by itself";
		if (!has_same_shape(a, b))
			return "replaces an instruction by one of another shape";
	}
	if (!is_edit && next_word(&to, &word))
		return "has a replacement too many";
	return NULL;
}

unsigned operator_check_table(struct buf *out)
{
	unsigned bad = 0;

	for (unsigned i = 0; i < n_operators; i++) {
		const char *complaint = row_complaint(&operators[i]);

		if (!complaint && operator_find(operators[i].name) != &operators[i])
			complaint = "has the name of another row";
		if (!complaint)
			continue;
		bad++;
		buf_fmt(out, "operators.def: %s %s\n", operators[i].name,
			complaint);
	}
	return bad + edit_check_values(out);
}
