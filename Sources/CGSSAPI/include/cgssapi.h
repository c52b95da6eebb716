#pragma once

#include <stdint.h>

/* The part of GSSAPI that libgit2's archive refers to; see gssapi.c. */
extern const void *GSS_C_NT_HOSTBASED_SERVICE;

uint32_t gss_indicate_mechs(uint32_t *minor, void **mechanisms);
uint32_t gss_import_name(uint32_t *minor, void *text, const void *type, void **name);
uint32_t gss_init_sec_context(
    uint32_t *minor, void *credential, void **context, void *target, void *mechanism, uint32_t request,
    uint32_t lifetime, void *bindings, void *input, void **actual, void *output, uint32_t *flags, uint32_t *granted
);
uint32_t gss_display_status(
    uint32_t *minor, uint32_t value, int type, void *mechanism, uint32_t *context, void *text
);
uint32_t gss_delete_sec_context(uint32_t *minor, void **context, void *token);
uint32_t gss_release_name(uint32_t *minor, void **name);
uint32_t gss_release_buffer(uint32_t *minor, void *buffer);
uint32_t gss_release_oid_set(uint32_t *minor, void **set);
