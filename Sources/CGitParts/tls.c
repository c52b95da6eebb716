#include "cgitparts.h"

#include <pthread.h>

/*
 * libgit2 1.5 makes TLS ready when it starts: it parses all certificates of the system, 5 ms for a command that
 * connects to nothing. The linker's `--wrap` (Package.swift) leads that call to the function below that does nothing, and
 * `git_tls_start` makes it good. Weak: where libgit2 is built with another library for TLS there is nothing to put off.
 */
int __real_git_mbedtls_stream_global_init(void) __attribute__((weak));

int __wrap_git_mbedtls_stream_global_init(void) {
    return 0;
}

static int result;

static void start(void) {
    if (__real_git_mbedtls_stream_global_init)
        result = __real_git_mbedtls_stream_global_init();
}

int git_tls_start(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start);
    return result;
}
