#include "cgssapi.h"

/*
 * libgit2's archive calls GSSAPI for Kerberos logins over HTTP. Few servers ask for those, Debian has
 * no archive of the library, and the shared one would pull in seven more at every start. So there are no mechanisms: the
 * first call that libgit2 makes fails, and it says that Kerberos is not available.
 */

enum { UNAVAILABLE = 16u << 16 };

const void *GSS_C_NT_HOSTBASED_SERVICE = 0;

uint32_t gss_indicate_mechs(uint32_t *minor, void **mechanisms) {
    *minor = 0;
    *mechanisms = 0;
    return UNAVAILABLE;
}

uint32_t gss_import_name(uint32_t *minor, void *text, const void *type, void **name) {
    (void)text, (void)type;
    *minor = 0;
    *name = 0;
    return UNAVAILABLE;
}

uint32_t gss_init_sec_context(
    uint32_t *minor, void *credential, void **context, void *target, void *mechanism, uint32_t request,
    uint32_t lifetime, void *bindings, void *input, void **actual, void *output, uint32_t *flags, uint32_t *granted
) {
    (void)credential, (void)context, (void)target, (void)mechanism, (void)request, (void)lifetime, (void)bindings;
    (void)input, (void)actual, (void)output, (void)flags, (void)granted;
    *minor = 0;
    return UNAVAILABLE;
}

uint32_t gss_display_status(
    uint32_t *minor, uint32_t value, int type, void *mechanism, uint32_t *context, void *text
) {
    (void)value, (void)type, (void)mechanism, (void)context, (void)text;
    *minor = 0;
    return UNAVAILABLE;
}

uint32_t gss_delete_sec_context(uint32_t *minor, void **context, void *token) {
    (void)context, (void)token;
    *minor = 0;
    return 0;
}

uint32_t gss_release_name(uint32_t *minor, void **name) {
    (void)name;
    *minor = 0;
    return 0;
}

uint32_t gss_release_buffer(uint32_t *minor, void *buffer) {
    (void)buffer;
    *minor = 0;
    return 0;
}

uint32_t gss_release_oid_set(uint32_t *minor, void **set) {
    (void)set;
    *minor = 0;
    return 0;
}
