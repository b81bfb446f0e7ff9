/* All that is known of a run: what was asked, the project, the plan, the tests, a
 * verdict for every mutant, and what it cost.
 *
 *	run_init(&run, &settings, &events);
 *	... runner/runner.h fills it ...
 *	run_release(&run);
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include "crew/ledger.h"
#include "engine/plan.h"
#include "oracle/oracle.h"
#include "oracle/trace.h"
#include "project/project.h"
#include "run/explanation.h"

#define UNIT_NONE UINT32_MAX

enum status {			/* of a mutant; the names in JSON are run_status_name() */
	STATUS_PENDING,		/* the run ended before its turn */
	STATUS_KILLED,
	STATUS_SURVIVED,
	STATUS_NO_COVERAGE,	/* no test reaches it */
	STATUS_TIMED_OUT,
	STATUS_MEMORY_ERROR,
	STATUS_CRASHED,		/* the JVM went down, every time */
	STATUS_FLAKY,
	STATUS_DISCARDED,	/* could not be made, equal to the original, or of no use: detail says */
	STATUS_QUARANTINED,
	N_STATUSES,
};
const char *run_status_name(enum status status);	/* "killed", "no_coverage" ... */

/* Whether a status counts in the score's denominator, and as detected. */
bool run_status_is_counted(enum status status);
bool run_status_is_detected(enum status status);

enum unit_state {
	UNIT_UNKNOWN,
	UNIT_PASSED,
	UNIT_SKIPPED,		/* disabled, or an assumption failed */
	UNIT_FAILED,		/* without any mutation: left out */
	UNIT_FLAKY,		/* two runs without mutation disagree, or several on the same mutants: left out */
};

struct container {		/* a test class */
	const char *driver, *name;
	uint32_t first_unit, n_units;	/* in run->units */
	uint64_t wall_ns;	/* of the baseline, set-up and tear-down included */
	bool is_measured;
	bool needs_engine;	/* without it (WIRE_RUN_DIRECT) a test was seen to fail */
	bool is_filtered;	/* its class has tests perhaps that are none of its units (test_choice) */
	const uint64_t *touched;	/* [n_touched] by any of its tests; see crew/touched.h */
	uint32_t n_touched;
};

struct loop_count {		/* entries and backward jumps of a method body */
	uint32_t body;		/* in plan->bodies */
	uint64_t count;
};

struct unit {			/* a test method with all its invocations */
	uint32_t container_number;	/* in run->containers */
	const char *id;		/* see jni/harness/Driver.java */
	const char *name;	/* for people: shop.CartTest.total */
	enum unit_state state;
	uint64_t wall_ns;	/* of the baseline */
	uint64_t least_cpu_ns;	/* of all its runs that passed; 0: none was measured */
	uint64_t waited_ns;	/* of the baseline: for so long it did nothing, where that was most of
				   each of its runs; else 0 */
	uint32_t needed;	/* runs on survivors, which no order of the tests could have spared */
	const char *failure;	/* one line, or NULL */
	const struct loop_count *loops;	/* [n_loops] in the baseline, ascending by body */
	uint32_t n_loops;
	uint64_t work;		/* their sum: what the test does, whatever the clock says */
	bool takes_long;	/* in the baseline, where its work is in classes without counts */
	bool has_killed;	/* and failed again when that was tried once more */
	uint32_t unsteady;	/* mutants on which it failed, and passed when tried again */
	bool is_victim;		/* failed without a mutant where others had run: measure/pollution.h */
	bool is_uncounted;	/* fails with probes: runs without, nothing was counted */
	bool is_erratic;	/* did not do the same when it ran a second time: random data, the clock */
	bool needs_company;	/* passes only with its whole container: selected with it */
};

struct verdict {		/* [plan.n_mutants] */
	enum status status;
	uint32_t killing_unit;	/* or UNIT_NONE */
	const uint32_t *killers;	/* [n_killers] all of them, ascending: settings.matrix only */
	uint32_t n_killers;
	uint32_t tests_run;
	uint64_t wall_ns;
	uint64_t cpu_ns;	/* of all attempts; 0 where others' runs decided it */
	uint64_t killer_ns;	/* CPU time in which killing_unit failed */
	const char *detail;	/* the failure that killed it, or why discarded; or NULL */
};

enum run_way {
	RUN_FAST,		/* only tests that can notice the mutant */
	RUN_REFERENCE,		/* the whole suite in its own order */
	RUN_BOTH,		/* one after the other, to be compared: judge/parity.h */
};

struct quarantine_entry;

struct run_settings {
	struct project_request request;
	struct plan_settings plan;
	const char *jvm;		/* --jvm or NULL */
	const char *const *jvm_args;	/* [n_jvm_args] */
	uint32_t n_jvm_args;
	enum run_way way;
	bool read_oracles;		/* fill run->oracles */
	bool keep_oracle;		/* and run->oracle: every class of the project, parsed */
	bool matrix;			/* every test that can notice a mutant meets it, whoever kills it */
	uint32_t jobs;			/* mutants under way at once; 0: one a core */
	uint32_t slots;			/* of them, in one JVM (threads); 0: 1 */
	double timeout_factor;		/* of a test's own time; 0: the default, 5 */
	uint32_t timeout_ms;		/* added to it; 0: the default, 2000 */
	const char *only_mutants;	/* comma-separated ids or prefixes, or NULL */
	uint32_t sample;		/* mutants to choose, by lot; 0: all */
	uint32_t seed;			/* of the lots */
	bool no_explain;		/* no phase "explaining": see explain/explain.h */
	const struct quarantine_entry *quarantine;	/* [n_quarantine] runner/quarantine.h */
	uint32_t n_quarantine;
	double auto_quarantine;		/* confidence from which equivalence quarantines; 0: none does */
	bool no_cds;			/* see crew/archive.h */
	bool no_store;			/* see store/store.h; what follows is for it alone: */
	const char *const *arguments;	/* [n_arguments] as typed after the command's name */
	uint32_t n_arguments;
	const char *version;		/* of this program */
	bool replays;			/* instead of verdicts: explain/replay.h */
	bool fixes;			/* look for an assertion against each survivor: explain/fix.h */
	int interrupt_fd;		/* readable: stop, keep what is known; -1: none */
};

struct run;
struct store;

struct run_events {		/* any may be NULL */
	void *context;
	/* A phase begins: "resolving", "compiling", "planning", "starting",
	 * "discovering", "baseline", "mutants", "reference", "explaining", "fixing",
	 * "replaying". `total` steps, 0 if unknown. */
	void (*phase)(void *context, const char *name, uint32_t total);
	void (*step)(void *context, const struct run *run, uint32_t done, uint32_t total);
	/* One line worth knowing: a warning, without prefix or final stop. */
	void (*note)(void *context, const char *text);
};

struct phase_time {
	const char *name;
	double wall_s;
};
#define RUN_PHASES_MAX 9

enum run_part { RUN_PART_DISCOVERY, RUN_PART_BASELINE, RUN_PART_MUTANTS, RUN_PART_EXPLAIN };

/* CPU seconds of the whole process tree by what they went on; the first nine
 * make up cpu_s. Filled by measure/spending.h. */
struct spending {
	double supervisor_s;	/* this process: planning, mutating, talking; build tools asked */
	double start_s;		/* workers, until they were ready */
	double discovery_s;	/* workers: taking the classes in, finding the tests */
	double baseline_s;	/* workers: everything on unmutated code */
	double tests_s;		/* mutants: threads while a test ran */
	double classes_s;	/* mutants: the same threads outside any test: fresh loaders, test engines */
	double runaways_s;	/* mutants: attempts that did not end by themselves or were made again */
	double jvm_s;		/* mutants: the JVM's own threads: compilers, garbage collection */
	double explain_s;	/* workers: everything about why survivors survived */
	double passed_before_s;	/* of tests_s: tests that passed before another killed the mutant */
	double floor_s;		/* what could not have been spared */

	enum run_part part;	/* under way; and what had been used when it began: */
	struct ledger ledger;
	uint64_t workers_ns;
};

struct run {
	struct arena arena;
	struct run_settings settings;
	struct run_events events;
	struct project project;
	struct plan plan;
	uint64_t plan_digest;	/* engine/freeze.h, when it was made */
	struct store *store;	/* where verdicts are kept; NULL: nowhere */
	const char **quarantined;	/* [plan.n_mutants] why it is left out, or NULL; NULL: none is */
	struct gate *gates;	/* [n_gates] what it must reach: judge/gates.h */
	uint32_t n_gates;
	struct container *containers;	/* in the suite's own order, as are their units */
	uint32_t n_containers;
	struct unit *units;
	uint32_t n_units;
	struct verdict *verdicts;	/* [plan.n_mutants], NULL before execution */
	struct oracle *oracle;		/* settings.keep_oracle, else NULL: see runner/oracles.h */
	struct oracle_test *oracles;	/* [n_units] on the assertions of each */
	struct explanation *explanations;	/* [plan.n_mutants] of survivors, NULL before explain/explain.h */
	struct fix *fixes;		/* [plan.n_mutants], NULL where settings.fixes does not ask */
	struct replay *replay;		/* NULL where settings.replays does not ask */
	struct verdict *reference;	/* the same for RUN_BOTH's second way, else NULL */
	double ways_cpu_s[2];		/* RUN_BOTH: CPU of each way, without the baseline */
	uint32_t n_decided;		/* in the way under way */
	uint32_t n_sampled_from;	/* mutants there were before settings.sample */
	/* Tests that reach a point: reach[reach_start[p] .. reach_start[p + 1]],
	 * unit numbers ascending; NULL before the baseline. */
	uint32_t *reach_start, *reach;
	/* Of traced runs: see explain/woven.h; NULL before the first. */
	const struct trace_site *sites;
	uint32_t n_sites;
	struct {			/* see measure/pollution.h */
		uint32_t victims;	/* tests */
		uint32_t heard_again;	/* mutants, once for each time */
		uint64_t cpu_ns;	/* of asking, which is no mutant's */
	} pollution;
	const char *canary;		/* what became of it (measure/canary.h), one line; NULL: not tried */
	const char *unrecorded_doubles;	/* a library with whose doubles tests may work, and what those
					   are handed is in no trace; or NULL */
	const char **problems;		/* classes that look like tests but are none, and why */
	uint32_t n_problems;
	const char **copies;		/* classes that the JVM's own loader had once more, and in which test
					   that was first seen: see measure/second_copies.h */
	uint32_t n_copies;
	const char *java_version, *java_home;
	const char *drivers;		/* names of the test drivers at work, comma-separated */
	uint32_t workers_started, workers_lost;
	bool interrupted;
	struct phase_time phases[RUN_PHASES_MAX];
	uint32_t n_phases;
	double start_s;			/* of the clock */
	double wall_s, cpu_s;		/* the whole process tree, so far */
	double suite_s;			/* one run of all tests, from the baseline */
	uint64_t heavy_work;		/* a test with more work, or that takes long, is heavy:
				   a mutant meets it last */
	double peak_mb;			/* the most memory this process had resident; 0: unknown */
	struct spending spending;
};

/* Empty, and on the clock from now on. `events` may be NULL. */
void run_init(struct run *run, const struct run_settings *settings,
	      const struct run_events *events);

/* run->arena with all that is in it. One that may have a store: runner_release(). */
void run_release(struct run *run);

double run_now(void);			/* seconds of a clock that never goes back */

struct run_counts {
	uint32_t by_status[N_STATUSES];
	uint32_t counted, detected;
	double score;			/* percent; 0 when nothing is counted */
};
struct run_counts run_count(const struct run *run);

#endif
