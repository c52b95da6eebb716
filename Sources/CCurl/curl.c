#include "ccurl.h"
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <pthread.h>

#define FUNCTIONS(X) \
    X(curl_global_init) X(curl_easy_init) X(curl_easy_reset) X(curl_easy_cleanup) X(curl_easy_pause) \
    X(curl_easy_strerror) X(curl_easy_setopt) X(curl_easy_getinfo) X(curl_slist_append) X(curl_slist_free_all) \
    X(curl_multi_init) X(curl_multi_cleanup) X(curl_multi_add_handle) X(curl_multi_remove_handle) \
    X(curl_multi_perform) X(curl_multi_poll) X(curl_multi_info_read)

// The macros of curl.h that check types would hide the names of the functions.
#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct {
#define FIELD(name) __typeof__(&name) name;
    FUNCTIONS(FIELD)
#undef FIELD
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem = "libcurl.so.4 could not be loaded";

static void load(void) {
    void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    // Some systems have the build with GnuTLS only.
    if (!handle) handle = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!handle) return;
#define LOAD(name)                                                           \
    library.name = (__typeof__(&name))dlsym(handle, #name);                  \
    if (!library.name) {                                                     \
        problem = "libcurl.so.4 is too old: it has no " #name;               \
        return;                                                              \
    }
    FUNCTIONS(LOAD)
#undef LOAD
    if (library.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        problem = "libcurl.so.4 could not be started";
        return;
    }
    problem = NULL;
}

const char *ccurl_load(void) {
    pthread_once(&once, load);
    return problem;
}

CURL *ccurl_easy_init(void) { return library.curl_easy_init(); }
void ccurl_easy_reset(CURL *handle) { library.curl_easy_reset(handle); }
void ccurl_easy_cleanup(CURL *handle) { library.curl_easy_cleanup(handle); }
CURLcode ccurl_easy_pause(CURL *handle, int mask) { return library.curl_easy_pause(handle, mask); }
const char *ccurl_easy_strerror(CURLcode code) { return library.curl_easy_strerror(code); }

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return library.curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_transfer(CURL *handle, CURLoption option, ccurl_transfer function) {
    return library.curl_easy_setopt(handle, option, function);
}
static int keep_socket(void *place, curl_socket_t socket, curlsocktype purpose) {
    (void)purpose;
    *(int *)place = socket;
    return CURL_SOCKOPT_OK;
}
CURLcode ccurl_keep_socket(CURL *handle, int *place) {
    CURLcode code = library.curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, place);
    if (code != CURLE_OK) return code;
    return library.curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, keep_socket);
}
void ccurl_acknowledge(int socket) {
    int on = 1;
    if (socket >= 0) setsockopt(socket, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}
CURLcode ccurl_get_long(CURL *handle, CURLINFO information, long *value) {
    return library.curl_easy_getinfo(handle, information, value);
}

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) {
    return library.curl_slist_append(list, text);
}
void ccurl_list_free(struct curl_slist *list) { library.curl_slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return library.curl_multi_init(); }
void ccurl_multi_cleanup(CURLM *multi) { library.curl_multi_cleanup(multi); }
CURLMcode ccurl_multi_add(CURLM *multi, CURL *handle) { return library.curl_multi_add_handle(multi, handle); }
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *handle) { return library.curl_multi_remove_handle(multi, handle); }
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return library.curl_multi_perform(multi, running); }
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds) {
    return library.curl_multi_poll(multi, NULL, 0, milliseconds, NULL);
}

int ccurl_multi_ended(CURLM *multi, CURLcode *code) {
    int left = 0;
    CURLMsg *message;
    while ((message = library.curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return 1;
    }
    return 0;
}
