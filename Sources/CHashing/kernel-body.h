// The kernel that all kinds of vectors share. Whoever includes this defines V, a vector of WIDTH lanes; READ, WRITE, ADD,
// ROTATE and CONSTANT for it; F, G, H and I as functions of it; gather, which loads a block of WIDTH lanes, word by word;
// KERNEL, the name, and TARGET, what the processor must have.
//
// Several vectors are computed in turn where one is less than all lanes: each step waits for the one before, so one vector
// leaves most of the processor idle.
#include "rounds.h"

#define VECTORS (chashing_lane_count / WIDTH)
#define EACH for (int j = 0; j < VECTORS; j++)
#define STEP(f, a, b, c, d, k, s, t) \
    EACH { \
        a[j] = ADD(a[j], ADD(word[j][k], CONSTANT(t))); \
        a[j] = ADD(ROTATE(ADD(a[j], f(b[j], c[j], d[j])), s), b[j]); \
    }

TARGET void KERNEL(
    uint32_t state[4][chashing_lane_count], const uint8_t *const next[chashing_lane_count], size_t blocks
) {
    V a[VECTORS], b[VECTORS], c[VECTORS], d[VECTORS];
    EACH {
        a[j] = READ(state[0] + j * WIDTH);
        b[j] = READ(state[1] + j * WIDTH);
        c[j] = READ(state[2] + j * WIDTH);
        d[j] = READ(state[3] + j * WIDTH);
    }
    for (size_t offset = 0; blocks > 0; blocks--, offset += 64) {
        V word[VECTORS][16], a0[VECTORS], b0[VECTORS], c0[VECTORS], d0[VECTORS];
        EACH {
            gather(word[j], next + j * WIDTH, offset);
            a0[j] = a[j];
            b0[j] = b[j];
            c0[j] = c[j];
            d0[j] = d[j];
        }
        MD5_ROUNDS
        EACH {
            a[j] = ADD(a[j], a0[j]);
            b[j] = ADD(b[j], b0[j]);
            c[j] = ADD(c[j], c0[j]);
            d[j] = ADD(d[j], d0[j]);
        }
    }
    EACH {
        WRITE(state[0] + j * WIDTH, a[j]);
        WRITE(state[1] + j * WIDTH, b[j]);
        WRITE(state[2] + j * WIDTH, c[j]);
        WRITE(state[3] + j * WIDTH, d[j]);
    }
}
