#include "runner/jvm_options.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_HEAP_MIB 1024u

/* Why each is there: short tests in fresh loaders never get warm, so the first
 * compiler tier alone is cheapest, even where single tests take seconds; the serial collector has no threads to
 * start; soft references keep dead loaders alive and go early, but not at once, for
 * tests see that, and the JDK's own caches of locales and time zones would be filled
 * again and again; a crash is a verdict and must not leave a core or a log behind. */
static const char *const own_options[] = {
	"-ea",
	"-XX:TieredStopAtLevel=1",
	"-XX:SoftRefLRUPolicyMSPerMB=10",
	"-XX:-UsePerfData",
	"-XX:+SuppressFatalErrorMessage",
	"-XX:-CreateCoredumpOnCrash",
	"-Xshare:auto",
	"-Djdk.attach.allowAttachSelf=true",	/* mock libraries load their agent so */
	"-XX:+EnableDynamicAgentLoading",	/* of that a JVM from 21 on warns, or refuses it */
	"-Djava.awt.headless=true",
};
#define N_OWN (sizeof(own_options) / sizeof(*own_options))

/* "-Xmx512m" -> bytes; 0 where it is none. */
static uint64_t heap_of(const char *option)
{
	unsigned long long size;
	char *end;

	if (strncmp(option, "-Xmx", 4))
		return 0;
	size = strtoull(option + 4, &end, 10);
	switch (*end) {
	case 'k': case 'K':
		return size << 10;
	case 'm': case 'M':
		return size << 20;
	case 'g': case 'G':
		return size << 30;
	case 't': case 'T':
		return size << 40;
	default:
		return size;
	}
}

static bool chooses_collector(const char *option)
{
	size_t len = strlen(option);

	return !strncmp(option, "-XX:+Use", 8) && len > 2 && !strcmp(option + len - 2, "GC");
}

/* The JVM's own form of an option with a value that `java` takes in two words:
 * "--add-opens", "java.base/java.lang=ALL-UNNAMED" are one here, joined by '='.
 * Uses up *i and perhaps the word after it. */
static const char *next_option(struct run *run, const char *const *given, uint32_t n, uint32_t *i)
{
	const char *option = given[(*i)++];
	char *space;

	if (strncmp(option, "--", 2))
		return option;
	space = strchr(option, ' ');
	if (space && !memchr(option, '=', (size_t)(space - option))) {
		char *copy = arena_strdup(&run->arena, option);

		copy[space - option] = '=';
		return copy;
	}
	if (strchr(option, '=') || *i == n || given[*i][0] == '-')
		return option;
	return arena_strfmt(&run->arena, "%s=%s", option, given[(*i)++]);
}

static bool any_begins(const char *const *options, uint32_t n, const char *front)
{
	for (uint32_t i = 0; i < n; i++)
		if (!strncmp(options[i], front, strlen(front)))
			return true;
	return false;
}

/* The build tool's, then the user's, which win. A heap for one run of the tests
 * may be too small for thousands, so a build's only counts where it is larger.
 * What collects its garbage no test can see, so that is ours to choose. */
static const char *const *given_options(struct run *run, uint32_t *ret_n)
{
	uint32_t n_project = run->project.n_jvm_args, n_user = run->settings.n_jvm_args, n = 0;
	const char **given = ARENA_NEW_N(&run->arena, const char *, n_project + n_user);

	for (uint32_t i = 0; i < n_project; i++) {
		uint64_t size = heap_of(run->project.jvm_args[i]);

		if ((!size || size > (uint64_t)DEFAULT_HEAP_MIB << 20) &&
		    !chooses_collector(run->project.jvm_args[i]))
			given[n++] = run->project.jvm_args[i];
	}
	for (uint32_t i = 0; i < n_user; i++)
		given[n++] = run->settings.jvm_args[i];
	*ret_n = n;
	return given;
}

uint64_t jvm_options(struct run *run, const char *classpath,
		     const char *const **ret_options, uint32_t *ret_n)
{
	uint32_t n_given, n = 0;
	const char *const *given = given_options(run, &n_given);
	const char **options = ARENA_NEW_N(&run->arena, const char *, N_OWN + n_given + 5);
	uint64_t heap = (uint64_t)DEFAULT_HEAP_MIB << 20;
	bool has_collector = false;

	for (size_t i = 0; i < N_OWN; i++)
		options[n++] = own_options[i];
	options[n++] = arena_strfmt(&run->arena, "-Xmx%um", DEFAULT_HEAP_MIB);
	options[n++] = arena_strfmt(&run->arena, "-Djava.class.path=%s", classpath);
	options[n++] = arena_strfmt(&run->arena, "-Dbasedir=%s", run->project.directory);
	/* A build may speak to an older JVM; what the user mistypes must not be swallowed. */
	if (any_begins(run->project.jvm_args, run->project.n_jvm_args, "-XX:") &&
	    !any_begins(run->settings.jvm_args, run->settings.n_jvm_args, "-XX:"))
		options[n++] = "-XX:+IgnoreUnrecognizedVMOptions";
	for (uint32_t i = 0; i < n_given; i++)
		has_collector |= chooses_collector(given[i]);
	if (!has_collector)
		options[n++] = "-XX:+UseSerialGC";
	for (uint32_t i = 0; i < n_given;) {
		const char *option = next_option(run, given, n_given, &i);
		uint64_t size = heap_of(option);

		options[n++] = option;
		heap = size ? size : heap;
	}
	*ret_options = options;
	*ret_n = n;
	return heap;
}
