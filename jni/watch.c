#include "jni/watch.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "jni/call.h"
#include "jni/job.h"
#include "util/fnv.h"

#define NAME_MAX_WATCHED 1024	/* of a path; longer ones are told apart by their beginnings */
#define DIRECTORY_MAX 4096
#define WRITES 2		/* RandomAccessFile's own flag */

enum watched_method { BIND, BIND_PLAIN, BIND_DATAGRAM, OPEN_CHANNEL, OPEN_STREAM, OPEN_RANDOM, SET_IN, SET_OUT, SET_ERR, FIELDS,
		      N_WATCHED };

/* The functions that the JDK calls without a context of ours. */
static struct {
	struct worker *worker;
	jfieldID fd;			/* FileDescriptor.fd */
	void *originals[N_WATCHED];	/* functions of the JDK's own libraries */
	bool done[N_WATCHED];		/* ours is in its place */
} watch;

/* ---- notes ---- */

static uint64_t hash(const char *text)
{
	uint64_t value = fnv_bytes(FNV_BASIS, text, strlen(text));

	return value <= WIRE_TOUCHED_LAST ? ~value : value;
}

static void note(uint64_t what)
{
	pthread_mutex_lock(&watch.worker->lock);
	for (struct job *job = watch.worker->jobs; job; job = job->next)
		if (job->flags & WIRE_RUN_PROBED && job->entered && !job->left)
			job_touch(job, what);
	pthread_mutex_unlock(&watch.worker->lock);
}

static void note_socket(int fd)
{
	pthread_mutex_lock(&watch.worker->lock);
	for (struct job *job = watch.worker->jobs; job; job = job->next)
		if (job->entered)
			sockets_bound(&job->sockets, fd);
	pthread_mutex_unlock(&watch.worker->lock);
}

static void note_file(const char *path)
{
	char text[2 * NAME_MAX_WATCHED + 8], here[NAME_MAX_WATCHED];

	if (!strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6))
		return;
	if (path[0] == '/' || !getcwd(here, sizeof(here)))
		here[0] = 0;
	snprintf(text, sizeof(text), "file %s%s%.*s", here, here[0] ? "/" : "", NAME_MAX_WATCHED - 1, path);
	note(hash(text));
}

static void note_text(JNIEnv *env, jstring path)
{
	struct arena arena = ARENA_INIT;

	if (path)
		note_file(call_text(env, path, &arena));
	arena_release(&arena);
}

/* ---- the JDK's own functions ---- */

static void note_port(jint port)
{
	char text[32];

	snprintf(text, sizeof(text), "port %d", (int)port);
	if (port)	/* else one that nobody else has */
		note(hash(text));
}

static void note_bound(JNIEnv *env, jobject fd)
{
	if (watch.fd && fd && !(*env)->ExceptionCheck(env))
		note_socket((*env)->GetIntField(env, fd, watch.fd));
}

/* Of a socket of before JDK 13, or a datagram's of before 15: it has its descriptor in a field. */
static void note_bound_inside(JNIEnv *env, jobject socket)
{
	jclass class;
	jfieldID field;

	if ((*env)->ExceptionCheck(env))
		return;
	class = (*env)->GetObjectClass(env, socket);
	field = (*env)->GetFieldID(env, class, "fd", "Ljava/io/FileDescriptor;");
	if (field)
		note_bound(env, (*env)->GetObjectField(env, socket, field));
	else
		(*env)->ExceptionClear(env);
}

static void JNICALL bind_plain(JNIEnv *env, jobject socket, jobject address, jint port)
{
	void (JNICALL *function)(JNIEnv *, jobject, jobject, jint);

	note_port(port);
	memcpy(&function, &watch.originals[BIND_PLAIN], sizeof(function));
	function(env, socket, address, port);
	note_bound_inside(env, socket);
}

static void JNICALL bind_datagram(JNIEnv *env, jobject socket, jint port, jobject address)
{
	void (JNICALL *function)(JNIEnv *, jobject, jint, jobject);

	note_port(port);
	memcpy(&function, &watch.originals[BIND_DATAGRAM], sizeof(function));
	function(env, socket, port, address);
	note_bound_inside(env, socket);
}

static void JNICALL bind(JNIEnv *env, jclass class, jobject fd, jboolean v6, jboolean exclusive,
			 jobject address, jint port)
{
	void (JNICALL *function)(JNIEnv *, jclass, jobject, jboolean, jboolean, jobject, jint);

	note_port(port);
	memcpy(&function, &watch.originals[BIND], sizeof(function));
	function(env, class, fd, v6, exclusive, address, port);
	note_bound(env, fd);
}

static void JNICALL open_stream(JNIEnv *env, jobject stream, jstring path, jboolean append)
{
	void (JNICALL *function)(JNIEnv *, jobject, jstring, jboolean);

	note_text(env, path);
	memcpy(&function, &watch.originals[OPEN_STREAM], sizeof(function));
	function(env, stream, path, append);
}

static void JNICALL open_random(JNIEnv *env, jobject file, jstring path, jint mode)
{
	void (JNICALL *function)(JNIEnv *, jobject, jstring, jint);

	if (mode & WRITES)
		note_text(env, path);
	memcpy(&function, &watch.originals[OPEN_RANDOM], sizeof(function));
	function(env, file, path, mode);
}

static jint JNICALL open_channel(JNIEnv *env, jclass class, jlong path, jint flags, jint mode)
{
	jint (JNICALL *function)(JNIEnv *, jclass, jlong, jint, jint);

	if ((flags & O_ACCMODE) != O_RDONLY)
		note_file((const char *)(intptr_t)path);
	memcpy(&function, &watch.originals[OPEN_CHANNEL], sizeof(function));
	return function(env, class, path, flags, mode);
}

static void set_stream(JNIEnv *env, jclass class, jobject stream, enum watched_method which)
{
	void (JNICALL *function)(JNIEnv *, jclass, jobject);

	note(WIRE_TOUCHED_JVM);
	memcpy(&function, &watch.originals[which], sizeof(function));
	function(env, class, stream);
}

static void JNICALL set_in(JNIEnv *env, jclass class, jobject stream)
{
	set_stream(env, class, stream, SET_IN);
}

static void JNICALL set_out(JNIEnv *env, jclass class, jobject stream)
{
	set_stream(env, class, stream, SET_OUT);
}

static void JNICALL set_err(JNIEnv *env, jclass class, jobject stream)
{
	set_stream(env, class, stream, SET_ERR);
}

/* Class.getDeclaredFields0(). */
static jobjectArray JNICALL declared_fields(JNIEnv *env, jclass class, jboolean public_only)
{
	jobjectArray (JNICALL *function)(JNIEnv *, jclass, jboolean);

	if (!public_only && watch.worker->shows_fields_method)
		(*env)->CallStaticVoidMethod(env, watch.worker->loader_class,
					     watch.worker->shows_fields_method, class);
	if ((*env)->ExceptionCheck(env))
		return NULL;
	memcpy(&function, &watch.originals[FIELDS], sizeof(function));
	return function(env, class, public_only);
}

/* ---- registration ---- */

#define LIBJVM NULL	/* a method of the JVM itself */

static const struct {
	const char *class, *library, *symbol;
	JNINativeMethod method;
} watched[N_WATCHED] = {
	[BIND] = { "sun/nio/ch/Net", "libnio.so", "Java_sun_nio_ch_Net_bind0",
	  { (char *)"bind0", (char *)"(Ljava/io/FileDescriptor;ZZLjava/net/InetAddress;I)V", (void *)bind } },
	[BIND_PLAIN] = { "java/net/PlainSocketImpl", "libnet.so", "Java_java_net_PlainSocketImpl_socketBind",
	  { (char *)"socketBind", (char *)"(Ljava/net/InetAddress;I)V", (void *)bind_plain } },
	[BIND_DATAGRAM] = { "java/net/PlainDatagramSocketImpl", "libnet.so", "Java_java_net_PlainDatagramSocketImpl_bind0",
	  { (char *)"bind0", (char *)"(ILjava/net/InetAddress;)V", (void *)bind_datagram } },
	[OPEN_CHANNEL] = { "sun/nio/fs/UnixNativeDispatcher", "libnio.so", "Java_sun_nio_fs_UnixNativeDispatcher_open0",
	  { (char *)"open0", (char *)"(JII)I", (void *)open_channel } },
	[OPEN_STREAM] = { "java/io/FileOutputStream", "libjava.so", "Java_java_io_FileOutputStream_open0",
	  { (char *)"open0", (char *)"(Ljava/lang/String;Z)V", (void *)open_stream } },
	[OPEN_RANDOM] = { "java/io/RandomAccessFile", "libjava.so", "Java_java_io_RandomAccessFile_open0",
	  { (char *)"open0", (char *)"(Ljava/lang/String;I)V", (void *)open_random } },
	[SET_IN] = { "java/lang/System", "libjava.so", "Java_java_lang_System_setIn0",
	  { (char *)"setIn0", (char *)"(Ljava/io/InputStream;)V", (void *)set_in } },
	[SET_OUT] = { "java/lang/System", "libjava.so", "Java_java_lang_System_setOut0",
	  { (char *)"setOut0", (char *)"(Ljava/io/PrintStream;)V", (void *)set_out } },
	[SET_ERR] = { "java/lang/System", "libjava.so", "Java_java_lang_System_setErr0",
	  { (char *)"setErr0", (char *)"(Ljava/io/PrintStream;)V", (void *)set_err } },
	[FIELDS] = { "java/lang/Class", LIBJVM, "JVM_GetClassDeclaredFields",
	  { (char *)"getDeclaredFields0", (char *)"(Z)[Ljava/lang/reflect/Field;", (void *)declared_fields } },
};

static void *find_original(const char *libjvm, const char *library, const char *symbol)
{
	char path[DIRECTORY_MAX];
	void *handle;
	size_t len = strlen(libjvm);

	if (library)	/* JDK/lib/server/libjvm.so */
		for (int i = 0; i < 2; i++)
			while (len && libjvm[--len] != '/')
				;
	if ((size_t)snprintf(path, sizeof(path), "%.*s%s%s", (int)len, libjvm, library ? "/" : "",
			     library ? library : "") >= sizeof(path))
		return NULL;
	handle = dlopen(path, RTLD_LAZY);
	return handle ? dlsym(handle, symbol) : NULL;
}

static bool replace(JNIEnv *env, enum watched_method number)
{
	jclass class = (*env)->FindClass(env, watched[number].class);
	bool done = !call_failed(env) && class &&
		    (*env)->RegisterNatives(env, class, &watched[number].method, 1) == JNI_OK;

	call_failed(env);
	(*env)->DeleteLocalRef(env, class);
	return done;
}

static jfieldID descriptor_field(JNIEnv *env)
{
	jclass class = (*env)->FindClass(env, "java/io/FileDescriptor");
	jfieldID id = class ? (*env)->GetFieldID(env, class, "fd", "I") : NULL;

	call_failed(env);
	(*env)->DeleteLocalRef(env, class);
	return id;
}

void watch_open(struct worker *worker, JNIEnv *env, const char *libjvm)
{
	watch.worker = worker;
	watch.fd = descriptor_field(env);
	for (int i = 0; i < N_WATCHED; i++) {
		watch.originals[i] = find_original(libjvm, watched[i].library, watched[i].symbol);
		watch.done[i] = watch.originals[i] && replace(env, i);
	}
}

bool watch_tells_fields(void)
{
	return watch.done[FIELDS];
}
