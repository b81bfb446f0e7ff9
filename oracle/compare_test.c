#include "oracle/compare.h"

#include "util/test.h"

static struct arena arena;

/* site, kind, operand, digest */
#define AT(site, kind, operand, digest) { site, kind, operand, digest, "" }
#define TRACE(...)                                                             \
	&(const struct trace){ (const struct trace_event[]){ __VA_ARGS__ },    \
			       sizeof((struct trace_event[]){ __VA_ARGS__ }) / \
			       sizeof(struct trace_event) }

static const struct trace nothing = { 0, 0 };

static struct compare_result held(const struct compare *compare, const struct trace *mutated)
{
	struct compare_result found;

	compare_with(compare, &arena, mutated, &found);
	return found;
}

TEST(equal_traces_do_not_differ)
{
	const struct trace *one = TRACE(AT(1, TRACE_RESULT, 0, 5), AT(2, TRACE_ASSERTED, 1, 7));
	struct compare *compare = compare_new(&arena, one, one);

	EXPECT(compare_can_tell(compare));
	EXPECT(!held(compare, one).first.is_there);
	EXPECT(!held(compare, one).asserted.is_there);
	arena_release(&arena);
}

TEST(another_value_at_the_same_place_is_the_first_difference)
{
	const struct trace *one = TRACE(AT(1, TRACE_RESULT, 0, 5), AT(1, TRACE_RESULT, 0, 6),
					AT(2, TRACE_ASSERTED, 1, 7));
	struct compare *compare = compare_new(&arena, one, one);
	struct compare_result found = held(compare, TRACE(AT(1, TRACE_RESULT, 0, 5),
							  AT(1, TRACE_RESULT, 0, 9),
							  AT(2, TRACE_ASSERTED, 1, 8)));

	EXPECT(found.first.is_there);
	EXPECT_LONG(found.first.site, 1);
	EXPECT_LONG(found.first.original->digest, 6);
	EXPECT_LONG(found.first.mutated->digest, 9);
	EXPECT(found.asserted.is_there);
	EXPECT_LONG(found.asserted.site, 2);
	EXPECT_LONG(found.asserted.operand, 1);
	arena_release(&arena);
}

TEST(an_event_more_or_fewer_is_a_difference)
{
	const struct trace *one = TRACE(AT(1, TRACE_RESULT, 0, 5), AT(2, TRACE_RESULT, 0, 6));
	struct compare *compare = compare_new(&arena, one, one);
	struct compare_result found;

	found = held(compare, TRACE(AT(1, TRACE_RESULT, 0, 5)));
	EXPECT_LONG(found.first.site, 2);
	EXPECT(found.first.original && !found.first.mutated);
	found = held(compare, TRACE(AT(1, TRACE_RESULT, 0, 5), AT(2, TRACE_RESULT, 0, 6),
				    AT(2, TRACE_RESULT, 0, 6)));
	EXPECT_LONG(found.first.site, 2);
	EXPECT(!found.first.original && found.first.mutated);
	found = held(compare, TRACE(AT(1, TRACE_RESULT, 0, 5), AT(2, TRACE_RESULT, 0, 6),
				    AT(3, TRACE_THROWN, 0, 1)));
	EXPECT_LONG(found.first.site, 3);
	found = held(compare, &nothing);
	EXPECT_LONG(found.first.site, 1);
	arena_release(&arena);
}

TEST(the_kind_and_the_operand_are_part_of_a_place)
{
	const struct trace *one = TRACE(AT(1, TRACE_ASSERTED, 0, 5), AT(1, TRACE_ASSERTED, 1, 6));
	struct compare *compare = compare_new(&arena, one, one);
	struct compare_result found = held(compare, TRACE(AT(1, TRACE_ASSERTED, 0, 5),
							  AT(1, TRACE_ASSERTED, 1, 5)));

	EXPECT_LONG(found.first.operand, 1);
	EXPECT_LONG(found.first.original->digest, 6);
	arena_release(&arena);
}

TEST(only_the_nth_event_that_the_original_does_not_repeat_is_masked)
{
	struct compare *compare = compare_new(&arena,
		TRACE(AT(1, TRACE_RESULT, 0, 5), AT(1, TRACE_RESULT, 0, 6), AT(1, TRACE_RESULT, 0, 6),
		      AT(1, TRACE_RESULT, 0, 7)),
		TRACE(AT(1, TRACE_RESULT, 0, 77), AT(1, TRACE_RESULT, 0, 6), AT(1, TRACE_RESULT, 0, 6),
		      AT(1, TRACE_RESULT, 0, 7)));

	EXPECT(!compare_is_steady(compare));
	EXPECT(compare_can_tell(compare));
	EXPECT(!held(compare, TRACE(AT(1, TRACE_RESULT, 0, 8), AT(1, TRACE_RESULT, 0, 6),
				    AT(1, TRACE_RESULT, 0, 6), AT(1, TRACE_RESULT, 0, 7))).first.is_there);
	EXPECT_LONG(held(compare, TRACE(AT(1, TRACE_RESULT, 0, 8), AT(1, TRACE_RESULT, 0, 9),
					AT(1, TRACE_RESULT, 0, 6), AT(1, TRACE_RESULT, 0, 7)))
		    .first.mutated->digest, 9);
	arena_release(&arena);
}

TEST(a_place_where_many_events_are_not_repeated_is_masked_as_a_whole)
{
	struct compare *compare = compare_new(&arena,
		TRACE(AT(1, TRACE_RESULT, 0, 5), AT(1, TRACE_RESULT, 0, 6), AT(2, TRACE_RESULT, 0, 6),
		      AT(3, TRACE_RESULT, 0, 6)),
		TRACE(AT(1, TRACE_RESULT, 0, 77), AT(1, TRACE_RESULT, 0, 6), AT(2, TRACE_RESULT, 0, 6),
		      AT(3, TRACE_RESULT, 0, 6)));

	EXPECT(compare_can_tell(compare));
	EXPECT_LONG(held(compare, TRACE(AT(1, TRACE_RESULT, 0, 8), AT(1, TRACE_RESULT, 0, 9),
					AT(2, TRACE_RESULT, 0, 9), AT(3, TRACE_RESULT, 0, 6))).first.site, 2);
	arena_release(&arena);
}

TEST(a_test_most_of_whose_events_are_masked_cannot_tell)
{
	struct compare *compare = compare_new(&arena,
		TRACE(AT(1, TRACE_RESULT, 0, 5), AT(2, TRACE_RESULT, 0, 6), AT(3, TRACE_RESULT, 0, 6)),
		TRACE(AT(1, TRACE_RESULT, 0, 77), AT(2, TRACE_RESULT, 0, 7), AT(3, TRACE_RESULT, 0, 6)));

	EXPECT(!compare_can_tell(compare));
	arena_release(&arena);
}

TEST(one_more_trace_of_the_original_masks_what_agreed_by_chance)
{
	const struct trace *one = TRACE(AT(1, TRACE_RESULT, 0, 5), AT(2, TRACE_RESULT, 0, 6));
	struct compare *compare = compare_new(&arena, one, one);

	EXPECT(compare_is_steady(compare));
	compare_again(compare, &arena, TRACE(AT(7, TRACE_PRINTED, 0, 1), AT(1, TRACE_RESULT, 0, 4),
					     AT(2, TRACE_RESULT, 0, 6), AT(8, TRACE_PRINTED, 0, 1)));
	EXPECT(!compare_is_steady(compare));
	EXPECT(!held(compare, TRACE(AT(1, TRACE_RESULT, 0, 9), AT(2, TRACE_RESULT, 0, 6),
				    AT(8, TRACE_PRINTED, 0, 3))).first.is_there);
	EXPECT_LONG(held(compare, TRACE(AT(1, TRACE_RESULT, 0, 9))).first.site, 2);
	EXPECT_LONG(held(compare, TRACE(AT(2, TRACE_RESULT, 0, 6), AT(9, TRACE_RESULT, 0, 6))).first.site, 9);
	arena_release(&arena);
}

/* Nine events of one place, all 1 but that one; and one of another. */
#define NINE_BUT(a) TRACE(AT(1, TRACE_CALLBACK, 0, 1 + ((a) == 0)), AT(1, TRACE_CALLBACK, 0, 1), \
	AT(1, TRACE_CALLBACK, 0, 1), AT(1, TRACE_CALLBACK, 0, 1), \
	AT(1, TRACE_CALLBACK, 0, 1 + ((a) == 4)), AT(1, TRACE_CALLBACK, 0, 1), \
	AT(1, TRACE_CALLBACK, 0, 1), AT(1, TRACE_CALLBACK, 0, 1), \
	AT(1, TRACE_CALLBACK, 0, 1 + ((a) == 8)), AT(2, TRACE_RESULT, 0, 6))

TEST(a_place_whose_events_differ_elsewhere_each_time_is_masked_as_a_whole)
{
	struct compare *compare = compare_new(&arena, NINE_BUT(-1), NINE_BUT(0));

	EXPECT_LONG(held(compare, NINE_BUT(4)).first.site, 1);
	compare_again(compare, &arena, NINE_BUT(0));
	EXPECT_LONG(held(compare, NINE_BUT(4)).first.site, 1);	/* it is always the first */
	compare_again(compare, &arena, NINE_BUT(8));
	EXPECT(!held(compare, NINE_BUT(4)).first.is_there);
	arena_release(&arena);
}

TEST(a_place_that_is_not_met_equally_often_is_masked_as_a_whole)
{
	struct compare *compare = compare_new(&arena,
		TRACE(AT(1, TRACE_RESULT, 0, 5), AT(2, TRACE_RESULT, 0, 6)),
		TRACE(AT(1, TRACE_RESULT, 0, 5), AT(1, TRACE_RESULT, 0, 5), AT(2, TRACE_RESULT, 0, 6)));

	EXPECT(!held(compare, TRACE(AT(2, TRACE_RESULT, 0, 6))).first.is_there);
	EXPECT_LONG(held(compare, TRACE(AT(1, TRACE_RESULT, 0, 8), AT(2, TRACE_RESULT, 0, 7)))
		    .first.site, 2);
	arena_release(&arena);
}

TEST(what_only_the_second_run_shows_is_masked_too)
{
	struct compare *compare = compare_new(&arena, TRACE(AT(2, TRACE_RESULT, 0, 6)),
		TRACE(AT(9, TRACE_PRINTED, 0, 5), AT(2, TRACE_RESULT, 0, 6)));

	EXPECT(!held(compare, TRACE(AT(9, TRACE_PRINTED, 0, 1), AT(2, TRACE_RESULT, 0, 6)))
	       .first.is_there);
	arena_release(&arena);
}

TEST(a_test_all_of_whose_events_are_masked_cannot_tell)
{
	struct compare *compare = compare_new(&arena, TRACE(AT(1, TRACE_RESULT, 0, 5)),
					      TRACE(AT(1, TRACE_RESULT, 0, 6)));

	EXPECT(!compare_can_tell(compare));
	compare = compare_new(&arena, &nothing, TRACE(AT(1, TRACE_RESULT, 0, 6)));
	EXPECT(!compare_can_tell(compare));
	arena_release(&arena);
}

TEST(a_test_in_which_nothing_crosses_can_tell_that_something_does)
{
	struct compare *compare = compare_new(&arena, &nothing, &nothing);

	EXPECT(compare_can_tell(compare));
	EXPECT(held(compare, TRACE(AT(1, TRACE_THROWN, 0, 5))).first.is_there);
	EXPECT(!held(compare, &nothing).first.is_there);
	arena_release(&arena);
}

TEST(state_of_a_receiver_never_counts_as_crossing)
{
	const struct trace *one = TRACE(AT(1, TRACE_RESULT, 0, 5), AT(1, TRACE_STATE, 0, 6));
	struct compare *compare = compare_new(&arena, one, one);

	EXPECT(!held(compare, TRACE(AT(1, TRACE_RESULT, 0, 5), AT(1, TRACE_STATE, 0, 7),
				    AT(1, TRACE_STATE, 0, 8))).first.is_there);
	compare = compare_new(&arena, one, TRACE(AT(1, TRACE_RESULT, 0, 6), AT(1, TRACE_STATE, 0, 6)));
	EXPECT(!compare_can_tell(compare));
	arena_release(&arena);
}

TEST(events_of_different_places_may_cross_in_another_order)
{
	const struct trace *one = TRACE(AT(1, TRACE_CALLBACK, 0, 5), AT(2, TRACE_CALLBACK, 0, 6));
	struct compare *compare = compare_new(&arena, one, one);

	EXPECT(!held(compare, TRACE(AT(2, TRACE_CALLBACK, 0, 6), AT(1, TRACE_CALLBACK, 0, 5)))
	       .first.is_there);
	arena_release(&arena);
}

TEST(many_places_are_kept_apart)
{
	enum { N = 5000 };
	struct trace_event *events = ARENA_NEW_N(&arena, struct trace_event, N);
	struct trace trace = { events, N };
	struct compare *compare;

	for (uint32_t i = 0; i < N; i++)
		events[i] = (struct trace_event){ i * 1024, TRACE_RESULT, 0, i, "" };
	compare = compare_new(&arena, &trace, &trace);
	EXPECT(!held(compare, &trace).first.is_there);
	events = arena_memdup(&arena, events, N * sizeof(*events));
	events[4321].digest = 1;
	EXPECT_LONG(held(compare, &(struct trace){ events, N }).first.site, 4321 * 1024);
	arena_release(&arena);
}

/* ---- bags: what crosses at a place in another order each time ---- */

#define RESULT(digest) AT(1, TRACE_RESULT, 0, digest)
#define OTHER_PLACE AT(2, TRACE_RESULT, 0, 1)

static struct compare *held_again(const struct trace *again)
{
	static const struct trace_event events[] = { RESULT(5), RESULT(6), RESULT(7), RESULT(8), RESULT(8) };
	static const struct trace one = { events, 5 };

	return compare_new(&arena, &one, again);
}

static struct compare *bag(void)
{
	return held_again(TRACE(RESULT(8), RESULT(7), RESULT(5), RESULT(6), RESULT(8)));
}

TEST(a_bag_is_not_masked_and_not_steady)
{
	struct compare *compare = bag();

	EXPECT(compare_can_tell(compare));
	EXPECT(!compare_is_steady(compare));
	arena_release(&arena);
}

TEST(another_order_of_a_bag_is_no_difference)
{
	struct compare *compare = bag();

	EXPECT(!held(compare, TRACE(RESULT(6), RESULT(8), RESULT(8), RESULT(7), RESULT(5))).first.is_there);
	arena_release(&arena);
}

TEST(another_value_in_a_bag_is_paired_with_the_one_it_replaces)
{
	struct compare *compare = bag();
	struct compare_result found =
		held(compare, TRACE(RESULT(6), RESULT(9), RESULT(5), RESULT(8), RESULT(8)));

	EXPECT(found.first.is_there && !found.is_order);
	if (found.first.is_there) {
		EXPECT_LONG(found.first.original->digest, 7);
		EXPECT_LONG(found.first.mutated->digest, 9);
	}
	arena_release(&arena);
}

TEST(a_bag_counts_what_is_in_it_twice)
{
	struct compare *compare = bag();
	struct compare_result found =
		held(compare, TRACE(RESULT(7), RESULT(6), RESULT(6), RESULT(8), RESULT(5)));

	EXPECT(found.first.is_there);
	if (found.first.is_there) {
		EXPECT_LONG(found.first.original->digest, 8);
		EXPECT_LONG(found.first.mutated->digest, 6);
	}
	arena_release(&arena);
}

TEST(more_or_fewer_in_a_bag_is_a_difference)
{
	struct compare *compare = bag();
	struct compare_result found;

	found = held(compare, TRACE(RESULT(7), RESULT(5), RESULT(8), RESULT(8)));
	EXPECT(found.first.is_there && !found.first.mutated);
	if (found.first.is_there)
		EXPECT_LONG(found.first.original->digest, 6);
	found = held(compare, TRACE(RESULT(7), RESULT(5), RESULT(8), RESULT(8), RESULT(9), RESULT(6)));
	EXPECT(found.first.is_there && !found.first.original);
	if (found.first.is_there)
		EXPECT_LONG(found.first.mutated->digest, 9);
	arena_release(&arena);
}

TEST(few_values_in_another_order_may_be_random_ones)
{
	struct compare *compare = compare_new(&arena,
		TRACE(RESULT(5), RESULT(6), RESULT(7), OTHER_PLACE, OTHER_PLACE, OTHER_PLACE),
		TRACE(RESULT(6), RESULT(7), RESULT(5), OTHER_PLACE, OTHER_PLACE, OTHER_PLACE));

	EXPECT(!held(compare, TRACE(RESULT(5), RESULT(5), RESULT(5), OTHER_PLACE, OTHER_PLACE,
				    OTHER_PLACE)).first.is_there);
	arena_release(&arena);
}

TEST(of_a_bag_the_few_that_differ_each_time_are_masked)
{
	struct compare *compare = held_again(TRACE(RESULT(8), RESULT(77), RESULT(5), RESULT(6), RESULT(8)));
	struct compare_result found;

	EXPECT(compare_can_tell(compare));
	found = held(compare, TRACE(RESULT(6), RESULT(8), RESULT(8), RESULT(78), RESULT(5)));
	EXPECT(!found.first.is_there);
	found = held(compare, TRACE(RESULT(1), RESULT(8), RESULT(8), RESULT(78), RESULT(5)));
	EXPECT(found.first.is_there && !found.first.mutated);	/* 1 or 78: who knows */
	if (found.first.is_there)
		EXPECT_LONG(found.first.original->digest, 6);
	found = held(compare, TRACE(RESULT(6), RESULT(8), RESULT(8), RESULT(5)));
	EXPECT(found.first.is_there);
	found = held(compare, TRACE(RESULT(6), RESULT(8), RESULT(8), RESULT(78), RESULT(79), RESULT(5)));
	EXPECT(found.first.is_there && !found.first.original);
	arena_release(&arena);
}

TEST(a_bag_whose_values_are_others_the_next_time_is_masked)
{
	struct compare *compare = bag();

	compare_again(compare, &arena, TRACE(RESULT(7), RESULT(8), RESULT(5), RESULT(1), RESULT(8)));
	EXPECT(!compare_can_tell(compare));
	EXPECT(!held(compare, TRACE(RESULT(1), RESULT(2), RESULT(3))).first.is_there);
	arena_release(&arena);
}

TEST(a_place_is_a_bag_from_when_its_order_is_another)
{
	struct compare *compare =
		held_again(TRACE(RESULT(5), RESULT(6), RESULT(7), RESULT(8), RESULT(88)));

	compare_again(compare, &arena, TRACE(RESULT(8), RESULT(7), RESULT(6), RESULT(5), RESULT(89)));
	EXPECT(compare_can_tell(compare));
	EXPECT(!held(compare, TRACE(RESULT(7), RESULT(87), RESULT(5), RESULT(8), RESULT(6))).first.is_there);
	EXPECT(held(compare, TRACE(RESULT(7), RESULT(87), RESULT(4), RESULT(8), RESULT(6))).first.is_there);
	arena_release(&arena);
}

TEST(a_difference_of_order_alone_says_so)
{
	const struct trace *one = TRACE(RESULT(5), RESULT(6), AT(2, TRACE_RESULT, 0, 7));
	struct compare *compare = compare_new(&arena, one, one);
	struct compare_result found;

	found = held(compare, TRACE(RESULT(6), RESULT(5), AT(2, TRACE_RESULT, 0, 7)));
	EXPECT(found.first.is_there && found.is_order);
	found = held(compare, TRACE(RESULT(6), RESULT(5), AT(2, TRACE_RESULT, 0, 8)));
	EXPECT(found.first.is_there && !found.is_order);
	found = held(compare, TRACE(RESULT(6), RESULT(5), AT(2, TRACE_RESULT, 0, 7),
				    AT(3, TRACE_RESULT, 0, 7)));
	EXPECT(found.first.is_there && !found.is_order);
	EXPECT(!held(compare, one).is_order);
	arena_release(&arena);
}

TEST(of_many_alike_the_order_may_be_random)
{
	/* four values in ten events: as random ones of a small range might come */
	struct compare *compare = compare_new(&arena,
		TRACE(RESULT(5), RESULT(5), RESULT(5), RESULT(5), RESULT(5), RESULT(5), RESULT(5),
		      RESULT(6), RESULT(7), RESULT(8), OTHER_PLACE, OTHER_PLACE, OTHER_PLACE),
		TRACE(RESULT(8), RESULT(7), RESULT(6), RESULT(5), RESULT(5), RESULT(5), RESULT(5),
		      RESULT(5), RESULT(5), RESULT(5), OTHER_PLACE, OTHER_PLACE, OTHER_PLACE));

	EXPECT(!held(compare, TRACE(RESULT(8), RESULT(8), RESULT(8), RESULT(5), RESULT(5), RESULT(5),
				    RESULT(5), RESULT(5), RESULT(5), RESULT(5), OTHER_PLACE,
				    OTHER_PLACE, OTHER_PLACE)).first.is_there);
	arena_release(&arena);
}

TEST(a_value_that_differs_in_its_own_place_makes_no_bag)
{
	struct compare *compare = held_again(TRACE(RESULT(5), RESULT(6), RESULT(77), RESULT(8), RESULT(8)));
	struct compare_result found =
		held(compare, TRACE(RESULT(6), RESULT(5), RESULT(77), RESULT(8), RESULT(8)));

	EXPECT(found.first.is_there && found.is_order);
	arena_release(&arena);
}
