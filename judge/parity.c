#include "judge/parity.h"

static const char *const names[N_PARITY_KINDS] = {
	[PARITY_DETECTION] = "detection", [PARITY_KIND] = "kind", [PARITY_COUNTING] = "counting",
};

const char *parity_kind_name(enum parity_kind kind)
{
	return names[kind];
}

static enum parity_kind kind_of(enum status fast, enum status reference)
{
	if (run_status_is_counted(fast) != run_status_is_counted(reference))
		return PARITY_COUNTING;
	return run_status_is_detected(fast) != run_status_is_detected(reference)
	       ? PARITY_DETECTION : PARITY_KIND;
}

struct parity parity_compare(struct run *run)
{
	struct parity parity = { .n = 0 };

	if (!run->verdicts || !run->reference)
		return parity;
	parity.differences = ARENA_NEW_N(&run->arena, struct parity_difference,
					 run->plan.n_mutants);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		enum status fast = run->verdicts[i].status, reference = run->reference[i].status;
		enum parity_kind kind;

		if (fast == STATUS_PENDING || reference == STATUS_PENDING)
			continue;
		parity.compared++;
		if (fast == reference)
			continue;
		kind = kind_of(fast, reference);
		parity.differences[parity.n++] = (struct parity_difference){ i, kind };
		parity.n_of_kind[kind]++;
	}
	return parity;
}
