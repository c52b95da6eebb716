// Debian's static libgit2 refers to Kerberos for HTTP authentication, which nothing here uses, and Debian has no static
// Kerberos. These take its place: every call fails, and no shared library is loaded at start.
#include <stdint.h>

/// GSS_S_FAILURE: `GSS_S_ROUTINE_ERROR` number 13.
static const uint32_t failure = 13u << 16;

const void *GSS_C_NT_HOSTBASED_SERVICE = 0;

static uint32_t fail(uint32_t *minor) {
    if (minor) *minor = 0;
    return failure;
}

uint32_t gss_indicate_mechs(uint32_t *minor, void **mechanisms) {
    if (mechanisms) *mechanisms = 0;
    return fail(minor);
}

uint32_t gss_import_name(uint32_t *minor, void *input, void *type, void **name) {
    (void)input, (void)type;
    if (name) *name = 0;
    return fail(minor);
}

uint32_t gss_init_sec_context(uint32_t *minor) { return fail(minor); }
uint32_t gss_delete_sec_context(uint32_t *minor) { return fail(minor); }
uint32_t gss_release_name(uint32_t *minor) { return fail(minor); }
uint32_t gss_release_buffer(uint32_t *minor) { return fail(minor); }
uint32_t gss_release_oid_set(uint32_t *minor) { return fail(minor); }

struct buffer { uint64_t length; void *value; };

/// There is no message; the context ends the caller's loop over messages.
uint32_t gss_display_status(
    uint32_t *minor, uint32_t status, int kind, void *mechanism, uint32_t *context, struct buffer *text) {
    (void)status, (void)kind, (void)mechanism;
    if (context) *context = 0;
    if (text) *text = (struct buffer){0};
    return fail(minor);
}
