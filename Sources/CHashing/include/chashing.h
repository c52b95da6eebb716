// MD5 (RFC 1321), the digest that names every object.
#pragma once
#include <stdbool.h>
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

/// How many messages go side by side, whatever the processor.
enum { chashing_lane_count = 16 };

/// What computes the lanes, the fastest last.
typedef enum {
    /// One lane after the other: runs everywhere.
    chashing_portable,
    chashing_neon,
    chashing_avx2,
    chashing_avx512,
} chashing_kernel;

/// Whether this processor has what the kernel needs.
bool chashing_can_run(chashing_kernel kernel);

/// As many messages side by side as there are lanes; starts with zeros and the kernel to use.
typedef struct {
    chashing_kernel kernel;
    /// One row for each word of the chaining values, one column for each lane.
    uint32_t word[4][chashing_lane_count];
    /// What a lane takes next, and how many blocks of it.
    const uint8_t *next[chashing_lane_count];
    size_t blocks[chashing_lane_count];
    /// Bytes that were given to a lane.
    uint64_t total[chashing_lane_count];
    /// The padded end of a message, of so many blocks; 0 as long as the end was not given.
    uint8_t tail[chashing_lane_count][128];
    size_t tail_blocks[chashing_lane_count];
} chashing_lanes;

/// Starts a new message in a lane.
void chashing_lanes_begin(chashing_lanes *lanes, int lane);

/// Gives a lane its next piece, which stays where it is until the lane is done with it: whole blocks unless it is the last.
void chashing_lanes_give(chashing_lanes *lanes, int lane, const void *bytes, size_t count, bool is_last);

/// Computes until at least one lane is done with all that it was given; a bit for each such lane. 0 if no lane has anything.
uint32_t chashing_lanes_run(chashing_lanes *lanes);

/// The digest of a lane that is done with its last piece; ask before the lanes run again, which leaves nothing of it.
void chashing_lanes_end(const chashing_lanes *lanes, int lane, uint8_t digest[16]);
