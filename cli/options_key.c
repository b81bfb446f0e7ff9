#include "cli/options_key.h"

#include "util/fnv.h"

static uint64_t add_text(uint64_t key, const char *text)
{
	return fnv_text(fnv_bytes(key, &(bool){ text }, sizeof(bool)), text ? text : "");
}

static uint64_t add_list(uint64_t key, const struct options_list *list)
{
	key = fnv_bytes(key, &list->n, sizeof(list->n));
	for (uint32_t i = 0; i < list->n; i++)
		key = fnv_text(key, list->items[i]);
	return key;
}

static uint64_t add_row(uint64_t key, const struct options *options, const struct option_row *row)
{
	const void *field = (const char *)options + row->offset;

	switch (row->kind) {
	case OPTION_SWITCH:
		return fnv_bytes(key, field, sizeof(bool));
	case OPTION_TEXT:
		return add_text(key, *(const char *const *)field);
	case OPTION_LIST:
		return add_list(key, field);
	case OPTION_NUMBER:
	case OPTION_CHOICE:
		return fnv_bytes(key, field, sizeof(uint32_t));
	case OPTION_REAL:
		return fnv_bytes(key, field, sizeof(double));
	case OPTION_OPERATORS:
		key = fnv_bytes(key, &options->plan.pit_without, sizeof(options->plan.pit_without));
		return fnv_bytes(key, &options->plan.operators, sizeof(options->plan.operators));
	case OPTION_FILTERS:
		return fnv_bytes(key, &options->plan.filters, sizeof(options->plan.filters));
	}
	return key;
}

uint64_t options_key(uint64_t key, const struct options *options)
{
	key = add_list(key, &options->targets);
	for (unsigned i = 0; i < n_option_rows; i++)
		key = add_row(key, options, &option_rows[i]);
	for (uint32_t i = 0; i < options->n_quarantined; i++) {
		const struct quarantine_entry *entry = &options->quarantined[i];

		key = fnv_text(fnv_text(key, entry->id), entry->class_name);
		key = add_text(add_text(key, entry->reason), entry->since);
	}
	return key;
}
