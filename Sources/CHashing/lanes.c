#include "kernels.h"
#include "md5.h"

typedef struct {
    md5_kernel *feed;
    /// With fewer lanes one stream after the other is as fast: a kernel computes all lanes, whatever is in them.
    int fewest;
} lane_kernel;

static const lane_kernel kernels[] = {
    [chashing_portable] = {0, chashing_lane_count + 1},
#if defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    [chashing_neon] = {md5_neon, 4},
#endif
#if defined(__x86_64__)
    [chashing_avx2] = {md5_avx2, 3},
    [chashing_avx512] = {md5_avx512, 2},
#endif
};

bool chashing_can_run(chashing_kernel kernel) {
    switch (kernel) {
    case chashing_portable: return true;
#if defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    case chashing_neon: return true;
#endif
#if defined(__x86_64__)
    case chashing_avx2: return __builtin_cpu_supports("avx2");
    case chashing_avx512: return __builtin_cpu_supports("avx512f");
#endif
    default: return false;
    }
}

void chashing_lanes_begin(chashing_lanes *lanes, int lane) {
    for (int i = 0; i < 4; i++) lanes->word[i][lane] = md5_start.word[i];
    lanes->blocks[lane] = 0;
    lanes->total[lane] = 0;
    lanes->tail_blocks[lane] = 0;
}

/// Goes on to the end of the message when all before it is computed.
static void turn_to_tail(chashing_lanes *lanes, int lane) {
    if (lanes->blocks[lane] > 0) return;
    lanes->next[lane] = lanes->tail[lane];
    lanes->blocks[lane] = lanes->tail_blocks[lane];
    lanes->tail_blocks[lane] = 0;
}

void chashing_lanes_give(chashing_lanes *lanes, int lane, const void *bytes, size_t count, bool is_last) {
    const uint8_t *start = bytes;
    lanes->next[lane] = start;
    lanes->blocks[lane] = count / 64;
    lanes->total[lane] += count;
    if (is_last) {
        lanes->tail_blocks[lane] = md5_tail(lanes->tail[lane], start + (count - count % 64), lanes->total[lane]);
    }
    turn_to_tail(lanes, lane);
}

static void run_alone(chashing_lanes *lanes, int lane) {
    chashing_md5_state state;
    for (int i = 0; i < 4; i++) state.word[i] = lanes->word[i][lane];
    while (lanes->blocks[lane] > 0) {
        md5_feed(&state, lanes->next[lane], lanes->blocks[lane]);
        lanes->blocks[lane] = 0;
        turn_to_tail(lanes, lane);
    }
    for (int i = 0; i < 4; i++) lanes->word[i][lane] = state.word[i];
}

/// Computes as much as the lane with the least has; the lanes that are done then.
static uint32_t run_together(chashing_lanes *lanes, uint32_t busy, md5_kernel *feed) {
    const uint8_t *next[chashing_lane_count];
    const int any = __builtin_ctz(busy);
    size_t blocks = lanes->blocks[any];
    for (int lane = 0; lane < chashing_lane_count; lane++) {
        // A lane without a message computes what another does; nobody looks at it.
        const int source = busy >> lane & 1 ? lane : any;
        next[lane] = lanes->next[source];
        if (lanes->blocks[source] < blocks) blocks = lanes->blocks[source];
    }
    feed(lanes->word, next, blocks);
    uint32_t done = 0;
    for (uint32_t rest = busy; rest != 0; rest &= rest - 1) {
        const int lane = __builtin_ctz(rest);
        lanes->next[lane] += blocks * 64;
        lanes->blocks[lane] -= blocks;
        turn_to_tail(lanes, lane);
        if (lanes->blocks[lane] == 0) done |= 1u << lane;
    }
    return done;
}

uint32_t chashing_lanes_run(chashing_lanes *lanes) {
    const lane_kernel *kernel = &kernels[lanes->kernel];
    uint32_t busy = 0;
    for (int lane = 0; lane < chashing_lane_count; lane++) busy |= (uint32_t)(lanes->blocks[lane] > 0) << lane;
    if (__builtin_popcount(busy) < kernel->fewest) {
        for (uint32_t rest = busy; rest != 0; rest &= rest - 1) run_alone(lanes, __builtin_ctz(rest));
        return busy;
    }
    uint32_t done = 0;
    while (done == 0) done = run_together(lanes, busy, kernel->feed);
    return done;
}

void chashing_lanes_end(const chashing_lanes *lanes, int lane, uint8_t digest[16]) {
    chashing_md5_state state;
    for (int i = 0; i < 4; i++) state.word[i] = lanes->word[i][lane];
    md5_write(&state, digest);
}
