#include "report/expand.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/place.h"
#include "report/survey.h"

#define GUTTER 8		/* columns of "   14  " and a mark */
#define NAMED_TESTS 4

/* ---- which mutants ---- */

/* How well a key fits a name: as it is, as its beginning, not at all. */
enum fit { FIT_NONE, FIT_BEGINNING, FIT_EXACT };

static enum fit fit_of(const char *name, const char *key, size_t len)
{
	if (strncmp(name, key, len))
		return FIT_NONE;
	return name[len] ? FIT_BEGINNING : FIT_EXACT;
}

static enum fit better(enum fit a, enum fit b)
{
	return a > b ? a : b;
}

/* "shop.Cart$Line" by itself, as Cart$Line, and as Line. */
static enum fit fit_class(const char *name, const char *key, size_t len)
{
	const char *simple = strrchr(name, '.'), *inner = strrchr(name, '$');
	enum fit fit = fit_of(name, key, len);

	if (simple)
		fit = better(fit, fit_of(simple + 1, key, len));
	if (inner)
		fit = better(fit, fit_of(inner + 1, key, len));
	return fit;
}

#define RANK_MAX (3 * (int)FIT_EXACT)

struct search {
	const char *key;		/* slashes are dots */
	size_t class_len;
	const char *method;		/* what follows the #; "": any */
	size_t method_len;		/* without parameters */
	const struct stored_run *run;
};

/* As it is shown, with or without the package. */
static bool is_shown_as(struct arena *arena, const struct stored_run *run, uint32_t number, const char *key)
{
	const struct stored_mutant *mutant = &run->mutants[number];
	const struct stored_class *class = &run->classes[mutant->class_number];

	return !strcmp(expand_label(arena, run, number), key) ||
	       !strcmp(place_name(arena, class->source_file, class->name, mutant->written_in), key);
}

/* 0: not meant. The class says more than the method. */
static int rank(const struct search *search, uint32_t number)
{
	const struct stored_mutant *mutant = &search->run->mutants[number];
	enum fit class = FIT_EXACT, method = FIT_EXACT;

	if (search->class_len)
		class = fit_class(search->run->classes[mutant->class_number].name, search->key,
				  search->class_len);
	if (search->method_len)
		method = better(fit_of(mutant->written_in, search->method, search->method_len),
				fit_of(mutant->method, search->method, search->method_len));
	return class == FIT_NONE || method == FIT_NONE ? 0 : 2 * (int)class + (int)method;
}

static int by_group_and_line(const void *left, const void *right, void *context)
{
	const struct stored_run *run = context;
	const struct expansion_item *l = left, *r = right;
	const struct stored_mutant *a = &run->mutants[l->number], *b = &run->mutants[r->number];
	int order;

	if (a->class_number != b->class_number)
		return a->class_number < b->class_number ? -1 : 1;
	order = strcmp(a->written_in, b->written_in);
	if (!order && a->line != b->line)
		order = a->line < b->line ? -1 : 1;
	return order ? order : l->number < r->number ? -1 : 1;
}

static void split_key(struct arena *arena, const char *typed, struct search *search)
{
	char *key = arena_strdup(arena, typed);
	size_t len = strcspn(key, "#");

	for (size_t i = 0; i < len; i++)
		if (key[i] == '/')
			key[i] = '.';
	search->key = key;
	search->class_len = len;
	search->method = key[len] ? key + len + 1 : "";
	search->method_len = strcspn(search->method, "(");
}

bool expand_find(struct arena *arena, const struct stored_run *run, const char *key,
		 struct expansion *ret)
{
	struct search search = { .run = run };
	struct expansion_item *items = ARENA_NEW_N(arena, struct expansion_item, run->n_mutants);
	int best = 0;
	uint32_t n = 0;

	split_key(arena, key, &search);
	if (!search.class_len && !search.method_len)
		return false;
	for (uint32_t i = 0; i < run->n_mutants; i++) {
		int at = is_shown_as(arena, run, i, key) ? RANK_MAX : rank(&search, i);

		if (at > best)
			n = 0;
		if (at > best)
			best = at;
		if (at && at == best)
			items[n++].number = i;
	}
	if (!n)
		return false;
	qsort_r(items, n, sizeof(*items), by_group_and_line, (void *)(uintptr_t)run);
	*ret = (struct expansion){ .arena = arena, .run = run, .items = items, .n = n };
	return true;
}

enum err_code expand_load(struct store_reader *reader, struct expansion *expansion,
			  struct err *err)
{
	for (uint32_t i = 0; i < expansion->n; i++) {
		struct expansion_item *item = &expansion->items[i];
		const struct stored_mutant *mutant = &expansion->run->mutants[item->number];
		uint32_t *reached, *infected;

		TRY(store_read_tests(reader, expansion->run, mutant->point, &reached, &item->n_reached, err));
		TRY(store_read_tests(reader, expansion->run, mutant->infection, &infected,
				     &item->n_infected, err));
		TRY(store_read_explanation(reader, expansion->run, item->number, &item->explanation, err));
		item->reached = reached;
		item->infected = infected;
	}
	return ERR_OK;
}

const char *expand_label(struct arena *arena, const struct stored_run *run, uint32_t mutant)
{
	const char *name = run->classes[run->mutants[mutant].class_number].name;
	const char *dot = strrchr(name, '.');

	return place_name(arena, run->classes[run->mutants[mutant].class_number].source_file, dot ? dot + 1 : name,
			run->mutants[mutant].written_in);
}

/* ---- text ---- */

struct sheet {
	const struct expansion *expansion;
	const struct style *style;
	struct buf *out;
};

static unsigned room(const struct sheet *sheet, unsigned taken)
{
	return taken < sheet->style->width ? sheet->style->width - taken : 0;
}

static void put_dim_line(const struct sheet *sheet, unsigned indent, const char *text)
{
	style_spaces(sheet->out, indent);
	style_inked(sheet->style, sheet->out, INK_DIM, text, room(sheet, indent));
	buf_u1(sheet->out, '\n');
}

static bool is_survivor(const struct stored_mutant *mutant)
{
	return run_status_is_counted(mutant->status) && !run_status_is_detected(mutant->status);
}

/* "Cart#total: 7 changes, 5 noticed, 2 survived" */
static void put_group_line(const struct sheet *sheet, uint32_t from, uint32_t until)
{
	const struct stored_run *run = sheet->expansion->run;
	uint32_t number = sheet->expansion->items[from].number, survived = 0, noticed = 0;
	const struct stored_class *class = &run->classes[run->mutants[number].class_number];

	for (uint32_t i = from; i < until; i++) {
		const struct stored_mutant *mutant = &run->mutants[sheet->expansion->items[i].number];

		survived += is_survivor(mutant);
		noticed += run_status_is_detected(mutant->status);
	}
	style_inked(sheet->style, sheet->out, INK_BOLD, expand_label(sheet->expansion->arena, run, number),
		    STYLE_NO_LIMIT);
	if (class->source_file && run->mutants[number].line) {
		buf_text(sheet->out, "  ");
		style_ink(sheet->style, sheet->out, INK_DIM);
		style_text(sheet->style, sheet->out, class->source_file, STYLE_NO_LIMIT);
		buf_fmt(sheet->out, ":%u", run->mutants[number].line);
		style_ink(sheet->style, sheet->out, INK_PLAIN);
	}
	buf_text(sheet->out, "  ");
	style_count(sheet->out, until - from, "change");
	buf_fmt(sheet->out, ", %u noticed, %u survived\n", noticed, survived);
}

static const char *status_words(enum status status)
{
	static const char *const words[N_STATUSES] = {
		[STATUS_PENDING] = "not tried", [STATUS_KILLED] = "killed", [STATUS_SURVIVED] = "survived",
		[STATUS_NO_COVERAGE] = "survived", [STATUS_TIMED_OUT] = "timed out",
		[STATUS_MEMORY_ERROR] = "out of memory", [STATUS_CRASHED] = "crashed the JVM",
		[STATUS_FLAKY] = "flaky", [STATUS_DISCARDED] = "discarded",
		[STATUS_QUARANTINED] = "quarantined",
	};

	return words[status];
}

/* CartTest.total: without the package. */
static const char *name_of(const struct stored_run *run, uint32_t test)
{
	const char *name = run->tests[test].name, *class = run->tests[test].class_name;
	const char *dot = strrchr(class, '.');

	return dot && !strncmp(name, class, strlen(class)) ? name + (dot + 1 - class) : name;
}

static const char *fate(const struct sheet *sheet, const struct expansion_item *item)
{
	const struct stored_run *run = sheet->expansion->run;
	const struct stored_mutant *mutant = &run->mutants[item->number];
	struct arena *arena = sheet->expansion->arena;
	enum survivor_class class = mutant->class;

	if (mutant->status == STATUS_NO_COVERAGE)
		class = SURVIVOR_NOT_COVERED;
	if (is_survivor(mutant) && class != SURVIVOR_NONE)
		return arena_strfmt(arena, "survived, %s: %s", survey_class_words(class),
				    item->explanation.says ? item->explanation.says
				    : survey_class_means(class));
	if (mutant->killing_test != UNIT_NONE)
		return arena_strfmt(arena, "%s by %s", mutant->status == STATUS_KILLED
				    ? "killed" : status_words(mutant->status),
				    name_of(run, mutant->killing_test));
	if (mutant->status == STATUS_DISCARDED || mutant->status == STATUS_QUARANTINED ||
	    mutant->status == STATUS_FLAKY)
		return arena_strfmt(arena, "%s: %s", status_words(mutant->status),
				    mutant->detail ? mutant->detail : "no reason is recorded");
	return status_words(mutant->status);
}

/* "a, b, c and 4 more" */
static const char *names_of(const struct sheet *sheet, const uint32_t *tests, uint32_t n)
{
	struct arena *arena = sheet->expansion->arena;
	const char *text = "";

	for (uint32_t i = 0; i < n && i < NAMED_TESTS; i++)
		text = arena_strfmt(arena, "%s%s%s", text, i ? ", " : "",
				    name_of(sheet->expansion->run, tests[i]));
	return n > NAMED_TESTS ? arena_strfmt(arena, "%s and %u more", text, n - NAMED_TESTS) : text;
}

static void put_tests(const struct sheet *sheet, const struct expansion_item *item)
{
	struct arena *arena = sheet->expansion->arena;

	if (!item->n_reached)
		return;
	put_dim_line(sheet, GUTTER, arena_strfmt(arena, "reached by %u test%s: %s", item->n_reached,
						 item->n_reached == 1 ? "" : "s",
						 names_of(sheet, item->reached, item->n_reached)));
	if (item->n_infected == item->n_reached)
		return;
	put_dim_line(sheet, GUTTER, item->n_infected
		     ? arena_strfmt(arena, "made a difference in %u: %s", item->n_infected,
				    names_of(sheet, item->infected, item->n_infected))
		     : "made a difference in none");
}

static void put_mutant(const struct sheet *sheet, const struct expansion_item *item)
{
	const struct stored_mutant *mutant = &sheet->expansion->run->mutants[item->number];
	const char *mark = sheet->style->utf8 ? "\xe2\x9c\x97 " : "x ", *end;
	unsigned taken = GUTTER, columns = style_columns(sheet->style, mutant->id);

	end = is_survivor(mutant) ? mark : "  ";
	if (mutant->line)
		buf_fmt(sheet->out, "%5u ", mutant->line);
	else
		style_spaces(sheet->out, 6);
	style_inked(sheet->style, sheet->out, INK_BAD, end, STYLE_NO_LIMIT);
	taken += style_text(sheet->style, sheet->out, mutant->description, room(sheet, taken));
	if (taken + 2 + columns <= sheet->style->width) {
		style_spaces(sheet->out, room(sheet, taken) - columns);
	} else {
		buf_u1(sheet->out, '\n');
		style_spaces(sheet->out, GUTTER);
	}
	style_inked(sheet->style, sheet->out, INK_DIM, mutant->id, STYLE_NO_LIMIT);
	buf_u1(sheet->out, '\n');
	style_spaces(sheet->out, GUTTER);
	style_text(sheet->style, sheet->out, fate(sheet, item), room(sheet, GUTTER));
	buf_u1(sheet->out, '\n');
	put_tests(sheet, item);
}

static bool is_same_group(const struct stored_mutant *a, const struct stored_mutant *b)
{
	return a->class_number == b->class_number && !strcmp(a->written_in, b->written_in);
}

static void put_head(const struct sheet *sheet)
{
	const struct stored_run *run = sheet->expansion->run;
	time_t started = (time_t)run->started;
	char when[40] = "";
	struct tm parts;

	if (localtime_r(&started, &parts))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &parts);
	buf_fmt(sheet->out, "From the run of %s, vary mutate", when);
	for (uint32_t i = 0; i < run->n_arguments; i++) {
		buf_u1(sheet->out, ' ');
		style_text(sheet->style, sheet->out, run->arguments[i], 60);
	}
	buf_u1(sheet->out, '\n');
	for (uint32_t i = 0; i < sheet->expansion->n_warnings; i++) {
		style_inked(sheet->style, sheet->out, INK_WARN, sheet->expansion->warnings[i],
			    STYLE_NO_LIMIT);
		buf_u1(sheet->out, '\n');
	}
}

void expand_text(const struct expansion *expansion, const struct style *style, struct buf *out)
{
	const struct sheet sheet = { expansion, style, out };
	const struct stored_run *run = expansion->run;
	uint32_t i = 0, until;
	const char *example = NULL;

	put_head(&sheet);
	for (; i < expansion->n; i = until) {
		for (until = i + 1; until < expansion->n &&
		     is_same_group(&run->mutants[expansion->items[i].number],
				   &run->mutants[expansion->items[until].number]); until++)
			;
		buf_u1(out, '\n');
		put_group_line(&sheet, i, until);
		for (uint32_t k = i; k < until; k++) {
			const struct stored_mutant *mutant = &run->mutants[expansion->items[k].number];

			put_mutant(&sheet, &expansion->items[k]);
			if (!example && is_survivor(mutant))
				example = mutant->id;
		}
	}
	if (!example)
		return;
	buf_text(out, "\nWhy one survived: vary mutate --why ");
	style_text(style, out, example, STYLE_NO_LIMIT);
	buf_u1(out, '\n');
}
