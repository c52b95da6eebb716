// What the single stream and the lanes share.
#pragma once
#include "chashing.h"

extern const chashing_md5_state md5_start;

/// Takes `count` blocks of 64 bytes into the state.
void md5_feed(chashing_md5_state *state, const uint8_t *bytes, size_t count);

/// Writes the last one or two blocks of a message of `total` bytes; gives how many. `rest` are its last `total % 64` bytes.
size_t md5_tail(uint8_t tail[128], const void *rest, uint64_t total);

void md5_write(const chashing_md5_state *state, uint8_t digest[16]);
