/* vary: reads the command line and calls one command. */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/doctor_command.h"
#include "cli/dump_command.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/outcome.h"
#include "cli/terminal.h"
#include "jni/worker.h"
#include "report/version.h"

static int (*const runs[N_COMMANDS])(struct options *) = {
	[COMMAND_MUTATE] = commands_mutate,
	[COMMAND_LIST] = commands_list,
	[COMMAND_PARITY] = commands_parity,
	[COMMAND_LIES] = commands_lies,
	[COMMAND_DUMP] = dump_command_run,
	[COMMAND_DOCTOR] = doctor_command_run,
};

static int print_help(enum command command)
{
	struct buf out;

	buf_init(&out, 1 << 20);
	if (command == N_COMMANDS)
		help_overview(&out);
	else
		help_command(command, &out);
	return outcome_print(&out, EXIT_DONE);
}

static enum command find_command(const char *name)
{
	int i;

	for (i = 0; i < N_COMMANDS; i++)
		if (!strcmp(help_command_names[i], name))
			break;
	return (enum command)i;
}

static int unknown_command(const char *typed)
{
	struct err err = ERR_INIT;
	struct nearest nearest;
	const char *near;

	nearest_init(&nearest, typed);
	for (int i = 0; i < N_COMMANDS; i++)
		nearest_offer(&nearest, help_command_names[i]);
	near = nearest_get(&nearest);
	if (near)
		err_set(&err, ERR_USAGE, "unknown command %s; did you mean vary %s?", typed, near);
	else if (!access(typed, F_OK))
		err_set(&err, ERR_USAGE, "unknown command %s; did you mean vary mutate %s?", typed, typed);
	else
		err_set(&err, ERR_USAGE, "unknown command %s; see vary help", typed);
	return outcome_fail(&err);
}

static int help(int argc, char **argv)
{
	enum command command;

	if (argc < 1)
		return print_help(N_COMMANDS);
	command = find_command(argv[0]);
	return command == N_COMMANDS ? unknown_command(argv[0]) : print_help(command);
}

static int print_version(void)
{
	struct buf out;

	buf_init(&out, 64);
	buf_text(&out, "vary " VERSION "\n");
	return outcome_print(&out, EXIT_DONE);
}

static int run_command(enum command command, int argc, char **argv)
{
	struct options options;
	struct err err = ERR_INIT;
	int status;

	if (config_options(&options, command, argc, argv, &err) != ERR_OK)
		status = outcome_fail(&err);
	else if (options.help)
		status = print_help(command);
	else
		status = runs[command](&options);
	options_release(&options);
	return status;
}

/* Whoever starts us with a standard stream closed must not have a class file
 * or a socket end up in its place. */
static void open_standard_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);	/* writing then fails, and is reported */
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	enum command command;

	if (argc == 3 && !strcmp(argv[1], "--worker"))
		return worker_main(atoi(argv[2]));
	open_standard_streams();
	signal(SIGPIPE, SIG_IGN);
	setlocale(LC_CTYPE, "");
	if (argc < 2) {
		help(0, NULL);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
		return help(argc - 2, argv + 2);
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V") || !strcmp(argv[1], "version"))
		return print_version();
	command = find_command(argv[1]);
	if (command == N_COMMANDS)
		return unknown_command(argv[1]);
	return run_command(command, argc - 2, argv + 2);
}
