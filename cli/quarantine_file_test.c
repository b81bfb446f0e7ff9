#include "cli/quarantine_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/test.h"

static enum err_code parse(struct arena *arena, const char *text, struct quarantine_file *ret,
			   struct err *err)
{
	return quarantine_file_parse(arena, "q.toml",
				     (struct span){ (const uint8_t *)text, strlen(text) }, ret, err);
}

static const char *complaint(struct arena *arena, const char *text)
{
	struct quarantine_file file;
	struct err err = ERR_INIT;

	EXPECT_LONG(parse(arena, text, &file, &err), ERR_FORMAT);
	return arena_strdup(arena, err.text);
}

TEST(entries_are_read)
{
	struct arena arena = ARENA_INIT;
	struct quarantine_file file;
	struct err err = ERR_INIT;

	EXPECT_LONG(parse(&arena, "[[quarantine]]\nid = 'a:B:1'\nclass = 'C'\nreason = 'r'\nsince = 2026-01-02\n"
			  "[[quarantine]]\nid = 'a:B:2'\nclass = 'C'\nreason = 's'\n", &file, &err), ERR_OK);
	EXPECT_LONG(file.n, 2);
	EXPECT_STR(file.entries[0].since, "2026-01-02");
	EXPECT_STR(file.entries[1].id, "a:B:2");
	EXPECT(!file.entries[1].since);
	EXPECT_LONG(parse(&arena, "", &file, &err), ERR_OK);
	EXPECT_LONG(file.n, 0);
	arena_release(&arena);
}

TEST(what_is_no_entry_is_refused_with_its_place)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(complaint(&arena, "[[quarantine]]\nid = 'a'\nclass = 'C'\nreason = ''\n"),
		   "q.toml:1:3: an entry without reason");
	EXPECT_STR(complaint(&arena, "[[quarantine]]\nid = 7\n"), "q.toml:2:6: id wants a string");
	EXPECT_STR(complaint(&arena, "[[quarantine]]\nwhy = 7\n"),
		   "q.toml:2:1: unknown key why; an entry has id, class, reason or since");
	EXPECT_STR(complaint(&arena, "[[quarantine]]\nsince = 'now'\n"),
		   "q.toml:2:9: since wants a date, as in 2026-11-21");
	EXPECT_STR(complaint(&arena, "[mutation]\n"),
		   "q.toml:1:2: unknown key mutation; entries are [[quarantine]]");
	EXPECT_STR(complaint(&arena, "[quarantine]\n"),
		   "q.toml:1:2: entries are [[quarantine]], with two brackets");
	arena_release(&arena);
}

TEST(an_entry_is_added_and_taken_away_and_the_rest_stays)
{
	char directory[] = "/tmp/vary-quarantine-XXXXXX";
	struct quarantine_entry first = { "a:B:1", "C", "\"quoted\" \\ \n line", "2026-01-02" };
	struct quarantine_entry second = { "a:B:2", "D", "x", "2026-01-03" };
	struct arena arena = ARENA_INIT;
	struct quarantine_file file;
	struct err err = ERR_INIT;
	const char *path;

	EXPECT(mkdtemp(directory) != NULL);
	path = arena_strfmt(&arena, "%s/" QUARANTINE_FILE, directory);
	EXPECT_LONG(quarantine_file_read(&arena, directory, &file, &err), ERR_OK);
	EXPECT(!file.path && !file.n);
	EXPECT_LONG(quarantine_file_add(&arena, path, &file, &first, &err), ERR_OK);
	EXPECT_LONG(quarantine_file_read(&arena, directory, &file, &err), ERR_OK);
	EXPECT_LONG(quarantine_file_add(&arena, path, &file, &second, &err), ERR_OK);
	EXPECT_LONG(quarantine_file_read(&arena, directory, &file, &err), ERR_OK);
	EXPECT_LONG(file.n, 2);
	EXPECT_STR(file.entries[0].reason, first.reason);
	EXPECT_LONG(quarantine_file_remove(&arena, &file, 0, &err), ERR_OK);
	EXPECT_LONG(quarantine_file_read(&arena, directory, &file, &err), ERR_OK);
	EXPECT_LONG(file.n, 1);
	EXPECT_STR(file.entries[0].id, "a:B:2");
	EXPECT(file.text.len > 2 && file.text.bytes[0] == '#');
	unlink(path);
	rmdir(directory);
	arena_release(&arena);
}

TEST(a_file_written_in_another_way_is_not_cut_up)
{
	struct arena arena = ARENA_INIT;
	struct quarantine_file file;
	struct err err = ERR_INIT;

	EXPECT_LONG(parse(&arena, "quarantine = [ { id = 'a', class = 'b', reason = 'c' } ]\n", &file, &err), ERR_OK);
	EXPECT_LONG(file.n, 1);
	EXPECT_LONG(quarantine_file_remove(&arena, &file, 0, &err), ERR_FORMAT);
	EXPECT_STR(err.text, "q.toml is not written as vary writes it: take the entry out by hand");
	arena_release(&arena);
}
