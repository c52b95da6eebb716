#if defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#include "kernels.h"

#include <arm_neon.h>

// 16 lanes in four vectors: every arm64 processor has 32 of them.
#define V uint32x4_t
#define WIDTH 4
#define TARGET
#define KERNEL md5_neon
#define READ(p) vld1q_u32(p)
#define WRITE(p, v) vst1q_u32(p, v)
#define ADD(x, y) vaddq_u32(x, y)
#define ROTATE(x, n) vsriq_n_u32(vshlq_n_u32(x, n), x, 32 - n)
#define CONSTANT(t) vdupq_n_u32(t)
#define F(b, c, d) vbslq_u32(b, c, d)
#define G(b, c, d) vbslq_u32(d, b, c)
#define H(b, c, d) veorq_u32(b, veorq_u32(c, d))
#define I(b, c, d) veorq_u32(c, vornq_u32(b, d))

// Rows become columns: of pairs, and of fours.
static inline void gather(V word[16], const uint8_t *const *next, size_t offset) {
    for (int k = 0; k < 16; k += 4) {
        uint64x2_t pair[4];
        for (int i = 0; i < 4; i += 2) {
            const V even = vreinterpretq_u32_u8(vld1q_u8(next[i] + offset + k * 4));
            const V odd = vreinterpretq_u32_u8(vld1q_u8(next[i + 1] + offset + k * 4));
            pair[i] = vreinterpretq_u64_u32(vtrn1q_u32(even, odd));
            pair[i + 1] = vreinterpretq_u64_u32(vtrn2q_u32(even, odd));
        }
        word[k] = vreinterpretq_u32_u64(vtrn1q_u64(pair[0], pair[2]));
        word[k + 1] = vreinterpretq_u32_u64(vtrn1q_u64(pair[1], pair[3]));
        word[k + 2] = vreinterpretq_u32_u64(vtrn2q_u64(pair[0], pair[2]));
        word[k + 3] = vreinterpretq_u32_u64(vtrn2q_u64(pair[1], pair[3]));
    }
}

#include "kernel-body.h"
#endif
