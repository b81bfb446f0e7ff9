#include "report/sample_test.h"

#include <string.h>

#define POINTS 5

static struct class *add_class(struct run *run, uint32_t number, const char *name,
			       const char *display_name, const char *file)
{
	struct class *class = ARENA_NEW(&run->arena, struct class);

	class->name = name;
	class->methods = ARENA_NEW_N(&run->arena, struct member, 1);
	class->methods[0].name = "total";
	class->methods[0].descriptor = "(II)I";
	class->n_methods = 1;
	run->plan.classes[number] = (struct plan_class){
		.class = class, .display_name = display_name, .source_file = file,
	};
	return class;
}

static void add_mutant(struct run *run, const char *kind, uint32_t class_number,
		       const char *method, uint32_t line, const char *id, const char *says,
		       enum status status)
{
	static const uint32_t pcs[] = { 0 };
	uint32_t n = run->plan.n_mutants++;

	run->plan.mutants[n] = (struct mutant){
		.id = id, .operator = operator_find(kind), .class_number = class_number,
		.method_name = method, .line = line, .description = says,
		.pcs = pcs, .n_pcs = 1, .point = n % POINTS, .infection = n % POINTS, .propagation = n % POINTS,
	};
	run->plan.classes[class_number].n_mutants++;
	run->verdicts[n] = (struct verdict){ .status = status, .killing_unit = UNIT_NONE };
}

static void begin(struct run *run, uint32_t n)
{
	static const char *const targets[] = { "src/main" };

	memset(run, 0, sizeof(*run));
	run->settings.request.targets = targets;
	run->settings.request.n_targets = 1;
	run->settings.jobs = 2;
	run->settings.slots = 1;
	run->project.directory = "/home/me/shop";
	run->project.layout = "maven";
	run->java_version = "17.0.15";
	run->java_home = "/opt/jdk";
	run->plan.arena = &run->arena;
	run->plan.settings.filters = (1u << N_FILTERS) - 1;
	run->plan.classes = ARENA_NEW_N(&run->arena, struct plan_class, 2);
	run->plan.n_classes = 2;
	run->plan.mutants = ARENA_NEW_N(&run->arena, struct mutant, n);
	run->verdicts = ARENA_NEW_N(&run->arena, struct verdict, n);
	run->plan.n_points = POINTS;
	add_class(run, 0, "shop/Cart", "shop.Cart", "Cart.java");
	add_class(run, 1, "shop/Price", "shop.Price", "Price.java");
}

static void add_tests(struct run *run)
{
	static const struct unit units[] = {
		{ .id = "cart-1", .name = "shop.CartTest.total", .state = UNIT_PASSED,
		  .wall_ns = 1500000 },
		{ .id = "cart-2", .name = "shop.CartTest.empty", .state = UNIT_PASSED,
		  .wall_ns = 250000 },
		{ .id = "cart-3", .name = "shop.CartTest.broken", .state = UNIT_FAILED,
		  .failure = "expected: <1> but was: <2>\033[31m" },
	};
	static const uint32_t reach_start[] = { 0, 2, 3, 4, 5, 5 }, reach[] = { 0, 1, 0, 1, 0 };

	run->containers = ARENA_NEW(&run->arena, struct container);
	*run->containers = (struct container){ .driver = "junit-jupiter", .name = "shop.CartTest",
					       .n_units = 3, .is_measured = true };
	run->n_containers = 1;
	run->units = arena_memdup(&run->arena, units, sizeof(units));
	run->n_units = 3;
	run->reach = arena_memdup(&run->arena, reach, sizeof(reach));
	run->reach_start = arena_memdup(&run->arena, reach_start, sizeof(reach_start));
	run->wall_s = 1.25;
	run->cpu_s = 2.5;
	run->suite_s = 0.4;
	run->peak_mb = 12.5;
	run->spending = (struct spending){
		.supervisor_s = 0.02, .start_s = 0.3, .discovery_s = 0.08, .baseline_s = 0.5,
		.tests_s = 1, .classes_s = 0.35, .jvm_s = 0.25, .passed_before_s = 0.125,
		.floor_s = 0.75,
	};
}

void sample_test_run(struct run *run)
{
	begin(run, 5);
	add_mutant(run, "ARITH_ADD_TO_SUB", 0, "total", 14, "total:ARITH_ADD_TO_SUB:3fa1c2",
		   "replaced a + b with a - b", STATUS_SURVIVED);
	add_mutant(run, "COND_BOUNDARY", 0, "total", 12, "total:COND_BOUNDARY:00ff00",
		   "replaced a < b with a <= b", STATUS_SURVIVED);
	add_mutant(run, "RETURN_ZERO", 0, "total", 15, "total:RETURN_ZERO:123456",
		   "returned 0 instead of the result", STATUS_KILLED);
	add_mutant(run, "ARITH_INC_TO_DEC", 0, "count", 20, "count:ARITH_INC_TO_DEC:abcdef",
		   "replaced ++ with --", STATUS_TIMED_OUT);
	add_mutant(run, "NEGATION_REMOVED", 1, "negate", 7, "negate:NEGATION_REMOVED:fedcba",
		   "removed a minus sign", STATUS_NO_COVERAGE);
	run->verdicts[2].killing_unit = 0;
	run->verdicts[2].detail = "expected: <3> but was: <0>";
	run->verdicts[2].tests_run = 1;
	run->plan.filtered.counts[FILTER_logging] = 3;
	run->n_decided = 5;
	add_tests(run);
}

void sample_test_many(struct run *run, uint32_t n)
{
	begin(run, n);
	for (uint32_t i = 0; i < n; i++)
		add_mutant(run, "ARITH_ADD_TO_SUB", 0, arena_strfmt(&run->arena, "m%u", i), i + 1,
			   arena_strfmt(&run->arena, "m%u:ARITH_ADD_TO_SUB:000000", i),
			   "replaced + with -", STATUS_SURVIVED);
	add_tests(run);
}

const char *sample_test_text(struct run *run, struct buf *out)
{
	return arena_strndup(&run->arena, (const char *)out->bytes, out->len);
}
