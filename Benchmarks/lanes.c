// Measures the MD5 kernels on memory: one stream, and all lanes with each kernel that this processor can run, in GB/s of
// processor time. Every digest is compared with that of the single stream. Benchmarks/hashing.py compiles and runs it.
#include "chashing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { messages = 64, repetitions = 5 };

static const char *const names[] = {"portable", "neon", "avx2", "avx512"};
static uint8_t *memory;
static size_t size;
static uint8_t expected[messages][16];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

// A cache line between them, as in a batch of files.
static const uint8_t *message(int index) { return memory + index * (size + 64); }

static void hash_alone(void) {
    for (int i = 0; i < messages; i++) {
        chashing_md5 stream;
        chashing_md5_begin(&stream);
        chashing_md5_update(&stream, message(i), size);
        chashing_md5_end(&stream, expected[i]);
    }
}

static void check(const chashing_lanes *lanes, int lane, int owner) {
    uint8_t digest[16];
    chashing_lanes_end(lanes, lane, digest);
    if (memcmp(digest, expected[owner], 16) == 0) return;
    fprintf(stderr, "%s: wrong digest\n", names[lanes->kernel]);
    exit(1);
}

static void hash_in_lanes(chashing_kernel kernel) {
    static chashing_lanes lanes;
    int owner[chashing_lane_count], next = 0;
    lanes.kernel = kernel;
    for (int lane = 0; lane < chashing_lane_count; lane++) {
        chashing_lanes_begin(&lanes, lane);
        chashing_lanes_give(&lanes, lane, message(owner[lane] = next++), size, true);
    }
    for (uint32_t done; (done = chashing_lanes_run(&lanes)) != 0;) {
        for (; done != 0; done &= done - 1) {
            const int lane = __builtin_ctz(done);
            check(&lanes, lane, owner[lane]);
            if (next == messages) continue;
            chashing_lanes_begin(&lanes, lane);
            chashing_lanes_give(&lanes, lane, message(owner[lane] = next++), size, true);
        }
    }
}

/// The fastest of some runs: what disturbs makes slower only.
static double rate(int kernel) {
    double best = 1e9;
    for (int i = 0; i < repetitions; i++) {
        const double start = now();
        if (kernel < 0) hash_alone();
        else hash_in_lanes((chashing_kernel)kernel);
        const double seconds = now() - start;
        if (seconds < best) best = seconds;
    }
    return messages * (double)size / best / 1e9;
}

int main(void) {
    const size_t largest = 4 << 20;
    memory = malloc(messages * (largest + 64));
    if (memory == NULL) return 1;
    for (size_t i = 0; i < messages * (largest + 64); i++) memory[i] = (uint8_t)(i * 2654435761u >> 13);
    for (size = 4 << 10; size <= largest; size *= 4) {
        printf("%5zu KiB: one stream %5.2f", size >> 10, rate(-1));
        for (int kernel = chashing_neon; kernel <= chashing_avx512; kernel++) {
            if (chashing_can_run((chashing_kernel)kernel)) printf(", %s %5.2f", names[kernel], rate(kernel));
        }
        printf(" GB/s\n");
    }
    free(memory);
    return 0;
}
