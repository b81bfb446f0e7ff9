#include "runner/build_tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runner/files.h"

#define ANSWER_LIMIT_MS (120 * 1000)
#define ANSWER_MAX ((size_t)4 << 20)

extern char **environ;

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
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

/* Everything the child says until it closes its output, or false past the
 * deadline. */
static bool listen_to(int fd, struct buf *said)
{
	long long deadline = now_ms() + ANSWER_LIMIT_MS;
	char piece[4096];

	for (;;) {
		struct pollfd poll_fd = { fd, POLLIN, 0 };
		long long left = deadline - now_ms();
		ssize_t n;

		if (left <= 0)
			return false;
		if (poll(&poll_fd, 1, (int)left) <= 0)
			continue;
		n = read(fd, piece, sizeof(piece));
		if (n == 0 || (n < 0 && errno != EINTR))
			return true;
		if (n > 0)
			buf_bytes(said, piece, (size_t)n);
	}
}

/* Runs a command; its output in `said`. Returns its exit status, -1 where it
 * could not be run or did not end in time. */
static int ask(const char *directory, char *const argv[], struct buf *said)
{
	int fds[2], status = -1;
	bool ended;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	if (start(directory, argv, fds[1], &pid)) {
		close(fds[0]);
		close(fds[1]);
		return -1;
	}
	close(fds[1]);
	ended = listen_to(fds[0], said);
	close(fds[0]);
	if (!ended)
		kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The last line of what a tool said that is no decoration. */
static const char *last_words(struct arena *arena, const struct buf *said)
{
	char *text = arena_strndup(arena, (const char *)said->bytes, said->len);
	const char *last = "no answer";
	char *rest = NULL;

	for (char *line = strtok_r(text, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest))
		if (strlen(line) > 8 && !strstr(line, "[Help") && !strstr(line, "re-run Maven"))
			last = line;
	return arena_strndup(arena, last, strlen(last) > 200 ? 200 : strlen(last));
}

static const char *tool_in(struct arena *arena, const char *base, const char *wrapper,
			   const char *name)
{
	const char *path = arena_strfmt(arena, "%s/%s", base, wrapper);

	return access(path, X_OK) == 0 ? path : name;
}

/* The repository must hold the plugin that answers; else Maven would take
 * seconds to say that offline it has not. */
static bool maven_can_answer(struct arena *arena)
{
	const char *home = getenv("HOME");

	return home && file_is_directory(arena_strfmt(arena,
		"%s/.m2/repository/org/apache/maven/plugins/maven-dependency-plugin", home));
}

static const char *ask_maven(struct arena *arena, const char *base, struct text_list *looked_at)
{
	char path[] = "/tmp/vary-classpath-XXXXXX";
	const char *tool = tool_in(arena, base, "mvnw", "mvn"), *classpath = NULL;
	char *argv[8] = { NULL };
	struct span answer;
	struct err err = ERR_INIT;
	struct buf said;
	int fd, n = 0;

	if (!maven_can_answer(arena)) {
		text_list_add(arena, looked_at, "pom.xml: Maven's local repository lacks maven-dependency-plugin, which tells the class path offline");
		return NULL;
	}
	fd = mkstemp(path);
	if (fd < 0)
		return NULL;
	close(fd);
	argv[n++] = arena_strdup(arena, tool);
	argv[n++] = arena_strdup(arena, "-o");
	argv[n++] = arena_strdup(arena, "-q");
	argv[n++] = arena_strdup(arena, "dependency:build-classpath");
	argv[n++] = arena_strdup(arena, "-DincludeScope=test");
	argv[n++] = arena_strfmt(arena, "-Dmdep.outputFile=%s", path);
	buf_init(&said, ANSWER_MAX);
	if (ask(base, argv, &said) == 0 && file_read(arena, path, ANSWER_MAX, &answer, &err) == ERR_OK)
		classpath = arena_strndup(arena, (const char *)answer.bytes, answer.len);
	else
		text_list_add(arena, looked_at,
			      arena_strfmt(arena, "mvn -o dependency:build-classpath: %s", last_words(arena, &said)));
	unlink(path);
	buf_release(&said);
	return classpath;
}

static const char gradle_script[] =
	"allprojects { afterEvaluate { p -> if (p.plugins.hasPlugin('java')) {\n"
	"  p.task('varyClasspath') { doLast {\n"
	"    println 'vary-classpath:' + p.sourceSets.test.runtimeClasspath.files.findAll { it.name.endsWith('.jar') }.join(':')\n"
	"} } } } }\n";

static const char *ask_gradle(struct arena *arena, const char *base, struct text_list *looked_at)
{
	char path[] = "/tmp/vary-gradle-XXXXXX.gradle";
	const char *tool = tool_in(arena, base, "gradlew", "gradle"), *classpath = NULL;
	int fd = mkstemps(path, 7), n = 0, code;
	char *argv[8] = { NULL };
	struct buf said;
	char *answer;

	if (fd < 0)
		return NULL;
	n = write(fd, gradle_script, sizeof(gradle_script) - 1) == (ssize_t)sizeof(gradle_script) - 1;
	close(fd);
	if (!n) {
		unlink(path);
		return NULL;
	}
	n = 0;
	argv[n++] = arena_strdup(arena, tool);
	argv[n++] = arena_strdup(arena, "--offline");
	argv[n++] = arena_strdup(arena, "-q");
	argv[n++] = arena_strdup(arena, "-I");
	argv[n++] = path;
	argv[n++] = arena_strdup(arena, "varyClasspath");
	buf_init(&said, ANSWER_MAX);
	code = ask(base, argv, &said);
	buf_u1(&said, 0);
	answer = said.overflowed ? NULL : strstr((char *)said.bytes, "vary-classpath:");
	if (code == 0 && answer)
		classpath = arena_strndup(arena, answer + 15, strcspn(answer + 15, "\r\n"));
	else
		text_list_add(arena, looked_at,
			      arena_strfmt(arena, "gradle --offline: %s", last_words(arena, &said)));
	unlink(path);
	buf_release(&said);
	return classpath;
}

const char *build_tool_classpath(struct arena *arena, const char *base,
				 struct text_list *looked_at)
{
	if (file_exists(arena_strfmt(arena, "%s/pom.xml", base)))
		return ask_maven(arena, base, looked_at);
	if (file_exists(arena_strfmt(arena, "%s/build.gradle", base)) ||
	    file_exists(arena_strfmt(arena, "%s/build.gradle.kts", base)) ||
	    file_exists(arena_strfmt(arena, "%s/settings.gradle", base)))
		return ask_gradle(arena, base, looked_at);
	return NULL;
}
