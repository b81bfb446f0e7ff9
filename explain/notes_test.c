#include "explain/notes.h"

#include <string.h>

#include "util/test.h"

TEST(notes_are_read_by_place_and_what_is_none_is_passed_over)
{
	struct arena arena = ARENA_INIT;
	struct notes notes;

	notes_parse(&arena, "7\t2\t1\tff\tv\t\"a\\tb\"\nnonsense\n3\t1\t0\t1\to\t\n4\t\n", &notes);
	EXPECT(notes.n == 2);
	EXPECT(!strcmp(notes_find(&notes, 7)->text, "\"a\\tb\""));
	EXPECT(notes_find(&notes, 7)->times == 2 && notes_find(&notes, 7)->is_same);
	EXPECT(notes_find(&notes, 3)->kind == 'o' && !notes_find(&notes, 3)->is_same);
	EXPECT(!notes_find(&notes, 4));
	arena_release(&arena);
}

TEST(only_a_value_that_is_always_the_same_and_another_on_the_mutant_can_tell)
{
	const struct note five = { 1, 1, true, 5, 'v', "5" }, six = { 1, 1, true, 6, 'v', "6" };
	const struct note both = { 1, 2, false, 9, 'v', "5" };
	const struct note object = { 1, 1, true, 1, 'o', "" }, null = { 1, 1, true, 2, 'v', "null" };

	EXPECT(notes_can_tell(&five, &five, &six));
	EXPECT(notes_can_tell(&five, &five, &both));
	EXPECT(!notes_can_tell(&five, &five, &five));
	EXPECT(!notes_can_tell(&five, &six, &six));
	EXPECT(!notes_can_tell(&both, &both, &six));
	EXPECT(!notes_can_tell(&five, &five, NULL));
	EXPECT(notes_can_tell(&object, &object, &null));
	EXPECT(!notes_can_tell(&object, &object, &five));
}

TEST(a_text_that_tells_an_identity_cannot_be_asserted)
{
	const struct note identity = { 1, 1, true, 5, 'v', "\"Cart@1b2c3d\"" };
	const struct note mail = { 1, 1, true, 5, 'v', "\"me@home\"" }, other = { 1, 1, true, 6, 'v', "\"\"" };

	EXPECT(!notes_can_tell(&identity, &identity, &other));
	EXPECT(notes_can_tell(&mail, &mail, &other));
}
