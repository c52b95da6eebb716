#include <git2.h>
#include <git2/sys/repository.h>
#include <git2/sys/transport.h>

/// The certificates that servers are checked against, a file in PEM form; variadic, so that Swift cannot call it.
static inline int dv_git_trust_certificates(const char *file) {
    return git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, (const char *)0);
}

/// A transport and a stream of libgit2 with room for what is behind them.
typedef struct {
    git_smart_subtransport base;
    void *context;
} dv_git_subtransport;

typedef struct {
    git_smart_subtransport_stream base;
    void *context;
} dv_git_stream;
