#include "cli/options_key.h"

#include <string.h>

#include "cli/config.h"
#include "util/fnv.h"
#include "util/test.h"

/* Of `vary mutate .` with a vary.toml that says `text`. */
static uint64_t key_with(const char *text)
{
	struct span span = { (const uint8_t *)text, strlen(text) };
	char target[] = ".", *arguments[] = { target };
	struct err err = ERR_INIT;
	struct options options;
	uint64_t key;

	EXPECT(options_init(&options, COMMAND_MUTATE, &err) == ERR_OK);
	EXPECT(config_apply(&options, "vary.toml", span, &err) == ERR_OK);
	EXPECT(options_read(&options, 1, arguments, &err) == ERR_OK);
	key = options_key(FNV_BASIS, &options);
	options_release(&options);
	return key;
}

TEST(every_kind_of_option_written_down_changes_the_key)
{
	static const char *const texts[] = {
		"[mutation]\n",
		"[mutation]\nmatrix = true\n",
		"[mutation]\njvm = \"/jdk\"\n",
		"[mutation]\njvm_arg = [\"-Da=b\", \"-Dc\"]\n",
		"[mutation]\njvm_arg = [\"-Da=b\"]\n",
		"[mutation]\nexclude_tests = \"-Da=b\"\n",
		"[mutation]\ntimeout_ms = 1\n",
		"[mutation]\ntimeout_factor = 1.5\n",
		"[mutation]\noutput = \"json\"\n",
		"[mutation]\noperators = \"arithmetic\"\n",
		"[mutation]\noperators = \"pit\"\n",
		"[mutation]\noperators = \"pit,-ARITH_ADD_TO_SUB\"\n",
		"[mutation]\nfilters = \"none\"\n",
	};
	enum { N = sizeof(texts) / sizeof(*texts) };
	uint64_t keys[N];

	for (unsigned i = 0; i < N; i++) {
		keys[i] = key_with(texts[i]);
		EXPECT(keys[i] == key_with(texts[i]));
		for (unsigned k = 0; k < i; k++)
			EXPECT(keys[i] != keys[k]);
	}
}

TEST(what_is_in_quarantine_changes_the_key)
{
	struct quarantine_entry entry = { .id = "a", .class_name = "shop.Cart", .reason = "b" };
	struct options options = { .quarantined = &entry };
	uint64_t none = options_key(FNV_BASIS, &options), one;

	options.n_quarantined = 1;
	one = options_key(FNV_BASIS, &options);
	EXPECT(one != none);
	entry.since = "2026-11-21";
	EXPECT(options_key(FNV_BASIS, &options) != one);
}
