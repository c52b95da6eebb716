// MD5 (RFC 1321), the digest that names every object.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// The chaining value between blocks.
typedef struct { uint32_t word[4]; } chashing_md5_state;

/// One message that arrives in pieces.
typedef struct {
    chashing_md5_state state;
    uint64_t total;
    /// The last `total % 64` bytes, which do not fill a block yet.
    uint8_t pending[64];
} chashing_md5;

void chashing_md5_begin(chashing_md5 *stream);
void chashing_md5_update(chashing_md5 *stream, const void *bytes, size_t count);
void chashing_md5_end(chashing_md5 *stream, uint8_t digest[16]);
