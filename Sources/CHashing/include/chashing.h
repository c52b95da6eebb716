// MD5 (RFC 1321), the digest that names every object.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// The chaining value between blocks.
typedef struct { uint32_t word[4]; } chashing_md5_state;

void chashing_md5_start(chashing_md5_state *state);

/// Feeds `count` whole blocks of 64 bytes.
void chashing_md5_blocks(chashing_md5_state *state, const uint8_t *bytes, size_t count);

/// Feeds the last `count` (< 64) bytes and the padding for `total` bytes in all, and writes the digest.
void chashing_md5_finish(
    chashing_md5_state *state, const uint8_t *bytes, size_t count, uint64_t total, uint8_t digest[16]);
