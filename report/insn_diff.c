#include "report/insn_diff.h"

#include <stdlib.h>
#include <string.h>

#include "classfile/dump.h"
#include "engine/mutate.h"

#define CONTEXT 3u		/* unchanged lines around a change */
#define LINES_MAX 2000u		/* that differ; beyond that they are shown as they are, one side after the other */

struct side {
	const char **lines;	/* whole */
	const char **says;	/* without the place in the code; what is compared */
	uint32_t n;
};

/* "    >    12  iload_1" without the number. */
static const char *without_place(struct arena *arena, const char *line)
{
	const char *at = line + strspn(line, " >");
	size_t digits = strspn(at, "0123456789");

	if (!digits || at == line || at[digits] != ' ')
		return line;
	return arena_strdup(arena, at + digits);
}

static struct side side_of(struct arena *arena, const struct class *class, uint16_t method)
{
	struct side side = { NULL, NULL, 0 };
	struct buf text;
	char *copy, *rest = NULL;
	uint32_t most = 1;

	buf_init(&text, (size_t)64 << 20);
	dump_method(class, method, &text);
	copy = arena_strndup(arena, (const char *)text.bytes, text.len);
	buf_release(&text);
	for (const char *c = copy; *c; c++)
		most += *c == '\n';
	side.lines = ARENA_NEW_N(arena, const char *, most);
	side.says = ARENA_NEW_N(arena, const char *, most);
	for (char *line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		side.lines[side.n] = line;
		side.says[side.n++] = without_place(arena, line);
	}
	return side;
}

/* Marks lines without a counterpart: longest common subsequence of what is left
 * between equal beginnings and ends. */
static void mark(struct arena *arena, const struct side *a, const struct side *b, bool *only_a, bool *only_b)
{
	uint32_t first = 0, last_a = a->n, last_b = b->n, n, m;
	uint16_t *len;

	while (first < last_a && first < last_b && !strcmp(a->says[first], b->says[first]))
		first++;
	while (last_a > first && last_b > first && !strcmp(a->says[last_a - 1], b->says[last_b - 1]))
		last_a--, last_b--;
	n = last_a - first;
	m = last_b - first;
	memset(only_a + first, true, n);
	memset(only_b + first, true, m);
	if (n > LINES_MAX || m > LINES_MAX)
		return;
	len = ARENA_NEW_N(arena, uint16_t, (size_t)(n + 1) * (m + 1));
	for (uint32_t i = n; i-- > 0; )
		for (uint32_t j = m; j-- > 0; ) {
			uint16_t down = len[(i + 1) * (m + 1) + j], right = len[i * (m + 1) + j + 1];

			len[i * (m + 1) + j] = !strcmp(a->says[first + i], b->says[first + j])
				? (uint16_t)(len[(i + 1) * (m + 1) + j + 1] + 1) : down > right ? down : right;
		}
	for (uint32_t i = 0, j = 0; i < n && j < m; ) {
		if (!strcmp(a->says[first + i], b->says[first + j]))
			only_a[first + i++] = only_b[first + j++] = false;
		else if (len[(i + 1) * (m + 1) + j] >= len[i * (m + 1) + j + 1])
			i++;
		else
			j++;
	}
}

static void put(const struct style *style, struct buf *out, char sign, const char *line)
{
	enum ink ink = sign == '-' ? INK_BAD : sign == '+' ? INK_GOOD : INK_PLAIN;

	style_ink(style, out, ink);
	buf_u1(out, (uint8_t)sign);
	style_text(style, out, line, STYLE_NO_LIMIT);
	style_ink(style, out, INK_PLAIN);
	buf_u1(out, '\n');
}

/* Whether one of a's lines near `i`, or what stands at b's `j`, is changed. */
static bool is_near(const bool *only_a, uint32_t n_a, const bool *only_b, uint32_t n_b, uint32_t i, uint32_t j)
{
	for (uint32_t d = 0; d <= CONTEXT; d++)
		if ((i + d < n_a && only_a[i + d]) || (i >= d && only_a[i - d]) ||
		    (j + d < n_b && only_b[j + d]) || (j >= d && only_b[j - d]))
			return true;
	return false;
}

static void put_changes(const struct style *style, const struct side *a, const struct side *b,
			const bool *only_a, const bool *only_b, struct buf *out)
{
	bool is_apart = false;

	for (uint32_t i = 0, j = 0; i < a->n || j < b->n; ) {
		if (i < a->n && only_a[i]) {
			put(style, out, '-', a->lines[i++]);
		} else if (j < b->n && only_b[j]) {
			put(style, out, '+', b->lines[j++]);
		} else {
			if (is_near(only_a, a->n, only_b, b->n, i, j)) {
				if (is_apart)
					put(style, out, ' ', "    ...");
				is_apart = false;
				put(style, out, ' ', a->lines[i]);
			} else {
				is_apart = out->len > 0 && out->bytes[out->len - 1] == '\n' && i > 0;
			}
			i++;
			j++;
		}
	}
}

enum err_code insn_diff(const struct plan *plan, const struct mutant *mutant,
			const struct style *style, struct buf *out, struct err *err)
{
	const struct class *class = plan->classes[mutant->class_number].class;
	struct arena arena = ARENA_INIT;
	struct class *mutated;
	struct side before, after;
	struct span bytes;
	enum err_code code;

	code = mutate_class(plan, mutant, &arena, &bytes, err);
	if (code == ERR_OK)
		code = class_parse(&arena, bytes, mutant->id, &mutated, err);
	if (code == ERR_OK) {
		before = side_of(&arena, class, mutant->method);
		after = side_of(&arena, mutated, mutant->method);
		bool *only_before = ARENA_NEW_N(&arena, bool, before.n);
		bool *only_after = ARENA_NEW_N(&arena, bool, after.n);

		mark(&arena, &before, &after, only_before, only_after);
		put_changes(style, &before, &after, only_before, only_after, out);
	}
	arena_release(&arena);
	return code;
}
