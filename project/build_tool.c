#include "project/build_tool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "project/files.h"
#include "project/repository.h"
#include "project/resolve.h"
#include "project/told_before.h"
#include "util/clock.h"

#define ANSWER_LIMIT_MS (120 * 1000)
#define ANSWER_MAX ((size_t)64 << 20)
#define SETTINGS_MAX ((size_t)1 << 20)
#define MAVEN_REMEDY "mvn dependency:build-classpath -Dmdep.outputFile=cp.txt, and here --classpath \"$(cat cp.txt)\""
#define GROOVY_REMEDY "with tasks.register('cp') { doLast { println sourceSets.test.runtimeClasspath.asPath } } in build.gradle, --classpath \"$(gradle -q cp)\""
#define KOTLIN_REMEDY "with tasks.register(\"cp\") { doLast { println(sourceSets.test.get().runtimeClasspath.asPath) } } in build.gradle.kts, --classpath \"$(gradle -q cp)\""
#define NOTHING_OFFLINE "skipped dependencies: gradle --offline has none of the tests; %s"
#define NAMED_MAX 4		/* dependencies that a line names */
#define WRAPPER_ABOVE_MAX 4	/* directories above a module that may hold mvnw */

extern char **environ;

static long long now_ms(void)
{
	return (long long)(clock_ns() / 1000000);
}

static int start(const char *directory, char *const argv[], int out, pid_t *ret)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int code;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_adddup2(&actions, out, 2);
	posix_spawn_file_actions_addchdir_np(&actions, directory);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, 0);
	code = posix_spawnp(ret, argv[0], &actions, &attributes, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return code;
}

enum ending { ENDED, NOT_FOUND, TOO_SLOW, INTERRUPTED };

/* Everything the child says until it closes its output. A signal that was
 * handled is Ctrl-C: nothing else is caught while a project is looked at. */
static enum ending listen_to(int fd, struct buf *said)
{
	long long deadline = now_ms() + ANSWER_LIMIT_MS;
	char piece[4096];

	for (;;) {
		struct pollfd poll_fd = { fd, POLLIN, 0 };
		long long left = deadline - now_ms();
		ssize_t n;

		if (left <= 0)
			return TOO_SLOW;
		if (poll(&poll_fd, 1, (int)left) < 0 && errno == EINTR)
			return INTERRUPTED;
		if (!poll_fd.revents)
			continue;
		n = read(fd, piece, sizeof(piece));
		if (n == 0 || (n < 0 && errno != EINTR))
			return ENDED;
		if (n > 0)
			buf_bytes(said, piece, (size_t)n);
	}
}

/* Runs a command until it ends, one way or the other; its output in `said`,
 * with a NUL behind. `ret_well`: whether with exit status 0; or NULL. */
static enum ending ask(const char *directory, char *const argv[], struct buf *said, bool *ret_well)
{
	enum ending ending;
	int status = -1;
	int fds[2];
	pid_t pid;

	if (ret_well)
		*ret_well = false;
	if (pipe2(fds, O_CLOEXEC) < 0)
		return NOT_FOUND;
	if (start(directory, argv, fds[1], &pid)) {
		close(fds[0]);
		close(fds[1]);
		return NOT_FOUND;
	}
	close(fds[1]);
	ending = listen_to(fds[0], said);
	close(fds[0]);
	if (ending != ENDED)
		kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (ret_well)
		*ret_well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	buf_u1(said, 0);
	return ending;
}

/* What went wrong, in the tool's words: Maven's first [ERROR], the line after
 * Gradle's "What went wrong", else the last line there is. */
static const char *complaint(struct arena *arena, const struct buf *said)
{
	char *text = arena_strdup(arena, (const char *)said->bytes);
	const char *last = "no answer";
	bool is_next = false;
	char *rest = NULL;

	for (char *line = strtok_r(text, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
		if (strlen(line) > 8)
			last = line;
		if (!strncmp(line, "[ERROR] ", 8) || is_next)
			break;
		is_next = strstr(line, "What went wrong") != NULL;
	}
	if (!strncmp(last, "[ERROR] ", 8))
		last += 8;
	return arena_strndup(arena, last, strlen(last) > 300 ? 300 : strlen(last));
}

/* `remedy`: what to type instead. */
static void note_failure(struct arena *arena, const char *command, const char *remedy, enum ending ending,
			 const struct buf *said, struct text_list *looked_at)
{
	const char *why = ending == NOT_FOUND ? "not found on the path"
		: ending == TOO_SLOW ? "no answer within 120 s"
		: ending == INTERRUPTED ? "interrupted"
		: said->overflowed ? "too long an answer" : complaint(arena, said);

	text_list_add(arena, looked_at,
		      arena_strfmt(arena, "skipped what the build tool knows of dependencies: %s: %s; %s", command, why, remedy));
}

/* A wrapper in the project or above it, if what it wraps was fetched before:
 * it would go and fetch it, offline or not. */
static const char *find_tool(struct arena *arena, const char *base, const char *wrapper,
			     const char *fetched, const char *name)
{
	const char *at = base;

	for (unsigned i = 0; i < WRAPPER_ABOVE_MAX && file_is_directory(fetched); i++) {
		const char *path = arena_strfmt(arena, "%s/%s", at, wrapper);

		if (access(path, X_OK) == 0)
			return path;
		if (file_exists(arena_strfmt(arena, "%s/.git", at)))
			break;
		at = file_parent(arena, at);
	}
	return name;
}

static const char *home(void)
{
	const char *path = getenv("HOME");

	return path ? path : "/";
}

/* ---- Maven ---- */

/* The newest version of the plugin that the repository holds, or NULL. Another
 * could not be fetched, and Maven would take seconds to say so. */
static const char *maven_plugin(struct arena *arena)
{
	const char *folder = arena_strfmt(arena, "%s/org/apache/maven/plugins/maven-dependency-plugin",
					  repository_maven(arena));
	const char *newest = NULL;
	struct dirent *entry;
	DIR *versions = opendir(folder);

	while (versions && (entry = readdir(versions))) {
		const char *version = entry->d_name;

		if (file_exists(arena_strfmt(arena, "%s/%s/maven-dependency-plugin-%s.jar", folder,
					     version, version)) &&
		    (!newest || strverscmp(newest, version) < 0))
			newest = arena_strdup(arena, version);
	}
	if (versions)
		closedir(versions);
	return newest;
}

/* The lines behind `mark`, or after a line that ends with it, joined by colons. */
static const char *answers(struct arena *arena, const struct buf *said, const char *mark)
{
	char *text = arena_strdup(arena, (const char *)said->bytes), *rest = NULL;
	size_t n = strlen(mark);
	bool is_next = false;
	const char *answer;
	struct buf joined;

	buf_init(&joined, ANSWER_MAX);
	for (char *line = strtok_r(text, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
		const char *path = is_next ? line : strncmp(line, mark, n) ? "" : line + n;

		if (*path == '/')
			buf_fmt(&joined, "%s%s", joined.len ? ":" : "", path);
		is_next = file_has_suffix(line, mark);
	}
	answer = joined.len && !joined.overflowed
		? arena_strndup(arena, (const char *)joined.bytes, joined.len) : NULL;
	buf_release(&joined);
	return answer;
}

static const char *ask_maven(struct poms *poms, const char *base, struct text_list *looked_at)
{
	struct arena *arena = poms->arena;
	const char *fetched = arena_strfmt(arena, "%s/.m2/wrapper/dists", home());
	const char *version = maven_plugin(arena), *classpath;
	struct told_before told = told_before(poms, base);
	char *argv[8] = { NULL };
	enum ending ending;
	struct buf said;
	int n = 0;

	classpath = told_before_find(arena, &told);
	if (classpath) {
		text_list_add(arena, looked_at, arena_strfmt(arena, "class path as Maven told it before, every pom.xml being the same; to ask again, delete %s", told.file));
		return classpath;
	}
	if (!version)
		return NULL;
	argv[n++] = arena_strdup(arena, find_tool(arena, base, "mvnw", fetched, "mvn"));
	argv[n++] = arena_strdup(arena, "-o");
	argv[n++] = arena_strdup(arena, "-B");
	argv[n++] = arena_strdup(arena, "-fae");	/* a module may lack what others have */
	argv[n++] = arena_strfmt(arena, "org.apache.maven.plugins:maven-dependency-plugin:%s:build-classpath", version);
	argv[n++] = arena_strdup(arena, "-DincludeScope=test");
	buf_init(&said, ANSWER_MAX);
	ending = ask(base, argv, &said, NULL);
	classpath = ending == ENDED && !said.overflowed
		? answers(arena, &said, "Dependencies classpath:") : NULL;
	if (ending != ENDED || said.overflowed || strstr((char *)said.bytes, "[ERROR] "))
		note_failure(arena, "mvn -o dependency:build-classpath", MAVEN_REMEDY, ending, &said, looked_at);
	else if (classpath)
		told_before_keep(arena, &told, classpath);
	buf_release(&said);
	return classpath;
}

static const char *joined(struct arena *arena, const struct text_list *list)
{
	const char *text = NULL;
	struct buf whole;

	buf_init(&whole, ANSWER_MAX);
	for (uint32_t i = 0; i < list->n; i++)
		buf_fmt(&whole, "%s%s", i ? ":" : "", list->items[i]);
	if (whole.len && !whole.overflowed)
		text = arena_strndup(arena, (const char *)whole.bytes, whole.len);
	buf_release(&whole);
	return text;
}

static void note_missing(struct arena *arena, const struct text_list *missing, struct text_list *looked_at)
{
	const char *names = "";

	for (uint32_t i = 0; i < missing->n && i < NAMED_MAX; i++)
		names = arena_strfmt(arena, "%s%s%s", names, i ? ", " : "", missing->items[i]);
	if (missing->n)
		text_list_add(arena, looked_at,
			      arena_strfmt(arena, "skipped %u dependenc%s of pom.xml that %s lacks (%s%s): mvn dependency:resolve fetches; or " MAVEN_REMEDY,
					   missing->n, missing->n == 1 ? "y" : "ies", repository_maven(arena), names,
					   missing->n > NAMED_MAX ? ", ..." : ""));
}

/* By the poms where they say all; else Maven is asked, and what they do say is better than nothing. */
static const char *maven_classpath(struct poms *poms, const char *base, struct text_list *looked_at)
{
	struct arena *arena = poms->arena;
	struct resolved found;
	const char *classpath, *told;

	resolve_maven(poms, base, &found);
	classpath = joined(arena, &found.paths);
	if (!classpath || found.missing.n || found.is_unsure) {
		told = ask_maven(poms, base, looked_at);
		if (told)
			return told;
		note_missing(arena, &found.missing, looked_at);
		if (!classpath && !found.missing.n && !maven_plugin(arena))
			text_list_add(arena, looked_at, "skipped dependencies: pom.xml names none, and Maven cannot be asked offline, for its local repository lacks maven-dependency-plugin; " MAVEN_REMEDY);
	}
	if (classpath)
		text_list_add(arena, looked_at, arena_strfmt(arena, "class path by pom.xml, from %s", repository_maven(arena)));
	return classpath;
}

/* ---- Gradle ---- */

/* Files that cannot be had offline, or were not built, are left out. */
static const char gradle_script[] =
	"allprojects { p ->\n"
	"  p.tasks.create('varyClassPath') {\n"
	"    doLast {\n"
	"      p.configurations.findAll {\n"
	"        it.name in ['testRuntimeClasspath', 'jvmTestRuntimeClasspath', 'debugUnitTestRuntimeClasspath']\n"
	"      }.each { c ->\n"
	"        c.incoming.artifactView { it.lenient(true) }.files.each { println 'vary-class-path:' + it }\n"
	"      }\n"
	"    }\n"
	"  }\n"
	"}\n";

static bool has_file(struct arena *arena, const char *base, const char *name)
{
	return file_exists(arena_strfmt(arena, "%s/%s", base, name));
}

static bool write_script(char *path)
{
	int fd = mkstemps(path, 7);
	bool is_whole;

	if (fd < 0)
		return false;
	is_whole = write(fd, gradle_script, sizeof(gradle_script) - 1) ==
		   (ssize_t)sizeof(gradle_script) - 1;
	close(fd);
	if (!is_whole)
		unlink(path);
	return is_whole;
}

static const char *ask_gradle(struct arena *arena, const char *base, struct text_list *looked_at)
{
	const char *fetched = arena_strfmt(arena, "%s/wrapper/dists", getenv("GRADLE_USER_HOME")
		? getenv("GRADLE_USER_HOME") : arena_strfmt(arena, "%s/.gradle", home()));
	char path[] = "/tmp/vary-gradle-XXXXXX.gradle";
	bool is_kotlin = has_file(arena, base, "build.gradle.kts"), went_well;
	const char *classpath = NULL;
	char *argv[9] = { NULL };
	enum ending ending;
	struct buf said;
	int n = 0;

	if (!write_script(path))
		return NULL;
	argv[n++] = arena_strdup(arena, find_tool(arena, base, "gradlew", fetched, "gradle"));
	argv[n++] = arena_strdup(arena, "--offline");
	argv[n++] = arena_strdup(arena, "-q");
	/* The script asks projects while tasks run, which that cache forbids. */
	argv[n++] = arena_strdup(arena, "-Dorg.gradle.configuration-cache=false");
	argv[n++] = arena_strdup(arena, "-I");
	argv[n++] = path;
	argv[n++] = arena_strdup(arena, "varyClassPath");
	buf_init(&said, ANSWER_MAX);
	ending = ask(base, argv, &said, &went_well);
	if (ending == ENDED && !said.overflowed)
		classpath = answers(arena, &said, "vary-class-path:");
	if (!classpath && ending == ENDED && went_well)
		text_list_add(arena, looked_at, arena_strfmt(arena, NOTHING_OFFLINE,
							     is_kotlin ? KOTLIN_REMEDY : GROOVY_REMEDY));
	else if (!classpath)
		note_failure(arena, "gradle --offline", is_kotlin ? KOTLIN_REMEDY : GROOVY_REMEDY, ending, &said, looked_at);
	unlink(path);
	buf_release(&said);
	return classpath;
}

const char *build_tool_classpath(struct poms *poms, const char *base,
				 struct text_list *looked_at)
{
	struct arena *arena = poms->arena;

	if (has_file(arena, base, "pom.xml"))
		return maven_classpath(poms, base, looked_at);
	if (has_file(arena, base, "build.gradle") || has_file(arena, base, "build.gradle.kts") ||
	    has_file(arena, base, "settings.gradle") || has_file(arena, base, "settings.gradle.kts"))
		return ask_gradle(arena, base, looked_at);
	return NULL;
}
