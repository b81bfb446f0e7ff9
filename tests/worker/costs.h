/* What a worker costs, printed. */
#ifndef TESTS_WORKER_COSTS_H
#define TESTS_WORKER_COSTS_H

/* Starting a JVM, and compiling two of the sources in it. */
void costs_compile(const char *sources);

/* Runs of tests, those whose name holds `only`. */
void costs_runs(const char *only);

#endif
