/* The worker: a child process of vary that embeds one JVM and runs tests in it.
 *
 *	vary --worker FD	-> worker_main(FD)
 *
 * FD is a stream socket to the supervisor; docs/worker-protocol.md tells what
 * passes. The threads of the worker's own:
 *
 *	reader     the process's first thread: receives messages, so that a
 *	           supervisor that sends is never kept waiting; sees the end of the
 *	           connection and leaves. Starts runs itself while control is idle
 *	control    does what may take long: starts the JVM, compiles, discovers;
 *	           and whatever comes meanwhile, in order
 *	stopper    (stop.h) stops runs on request
 *	one a run  (job.h)
 *
 * The process always ends by _exit(): a thread that a test left behind could
 * hold an orderly end of the JVM for ever.
 */
#ifndef JNI_WORKER_H
#define JNI_WORKER_H

/* Never returns before the connection ends; its value is the exit status. */
int worker_main(int fd);

#endif
