// libcurl, loaded when the first request is made: a shared libcurl brings some twenty libraries, and most commands need none.
// Variadic calls are spelled out by the kind of their value, as Swift cannot make them.
#pragma once
#include <curl/curl.h>

/// Loads the library once for the process, from any thread. NULL if it is ready, else the loader's reason.
const char *ccurl_load(void);

// All others need ccurl_load to have given NULL.

CURL *ccurl_easy_init(void);
void ccurl_easy_reset(CURL *handle);
void ccurl_easy_cleanup(CURL *handle);
CURLcode ccurl_easy_pause(CURL *handle, int mask);
const char *ccurl_easy_strerror(CURLcode code);

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
/// Text is copied by the library.
CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value);

/// The type of CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION and CURLOPT_READFUNCTION.
typedef size_t (*ccurl_transfer)(char *bytes, size_t size, size_t count, void *context);
CURLcode ccurl_set_transfer(CURL *handle, CURLoption option, ccurl_transfer function);
/// Notes at `place` the socket of each new connection; `place` must live as long as the handle's connections may be made.
CURLcode ccurl_keep_socket(CURL *handle, int *place);
/// Tells the peer now what has arrived, instead of up to 40 ms later; does nothing for what is no TCP socket.
void ccurl_acknowledge(int socket);

CURLcode ccurl_get_long(CURL *handle, CURLINFO information, long *value);

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text);
void ccurl_list_free(struct curl_slist *list);

CURLM *ccurl_multi_init(void);
void ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds);
/// Whether a transfer has ended since the last call; its result is in `code`.
int ccurl_multi_ended(CURLM *multi, CURLcode *code);
