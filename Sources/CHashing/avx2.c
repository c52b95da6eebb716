#if defined(__x86_64__)
#include "kernels.h"

#include <immintrin.h>

// 16 lanes in two vectors: 5.5 GB/s, against 3.7 of one and 5.3 of four (Xeon of 2023, clang 21).
#define V __m256i
#define WIDTH 8
#define TARGET __attribute__((target("avx2")))
#define KERNEL md5_avx2
#define READ(p) _mm256_loadu_si256((const V *)(p))
#define WRITE(p, v) _mm256_storeu_si256((V *)(p), v)
#define ADD(x, y) _mm256_add_epi32(x, y)
#define ROTATE(x, n) rotate(x, n)
#define CONSTANT(t) _mm256_set1_epi32((int)t)
#define F(b, c, d) _mm256_xor_si256(d, _mm256_and_si256(b, _mm256_xor_si256(c, d)))
#define G(b, c, d) _mm256_or_si256(_mm256_andnot_si256(d, c), _mm256_and_si256(b, d))
#define H(b, c, d) _mm256_xor_si256(b, _mm256_xor_si256(c, d))
#define I(b, c, d) _mm256_xor_si256(c, _mm256_or_si256(b, _mm256_xor_si256(d, CONSTANT(~0u))))

static inline TARGET __attribute__((always_inline)) V rotate(V x, int n) {
    return _mm256_or_si256(_mm256_slli_epi32(x, n), _mm256_srli_epi32(x, 32 - n));
}

// Rows become columns: of pairs, of fours, and of the halves of vectors.
static inline TARGET __attribute__((always_inline)) void gather(V word[16], const uint8_t *const *next, size_t offset) {
    for (int half = 0; half < 16; half += 8) {
        V four[8], pair[8];
        for (int i = 0; i < 8; i += 2) {
            const V even = READ(next[i] + offset + half * 4), odd = READ(next[i + 1] + offset + half * 4);
            pair[i] = _mm256_unpacklo_epi32(even, odd);
            pair[i + 1] = _mm256_unpackhi_epi32(even, odd);
        }
        for (int i = 0; i < 8; i += 4) {
            four[i] = _mm256_unpacklo_epi64(pair[i], pair[i + 2]);
            four[i + 1] = _mm256_unpackhi_epi64(pair[i], pair[i + 2]);
            four[i + 2] = _mm256_unpacklo_epi64(pair[i + 1], pair[i + 3]);
            four[i + 3] = _mm256_unpackhi_epi64(pair[i + 1], pair[i + 3]);
        }
        for (int k = 0; k < 4; k++) {
            word[half + k] = _mm256_permute2x128_si256(four[k], four[k + 4], 0x20);
            word[half + k + 4] = _mm256_permute2x128_si256(four[k], four[k + 4], 0x31);
        }
    }
}

#include "kernel-body.h"
#endif
