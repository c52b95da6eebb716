#include "md5.h"
#include "rounds.h"

#include <string.h>

// The newest word, b, decides the speed: SETTLE stops the compiler from moving work that does
// not need b behind work that does. 783 MB/s against 662 without it and 760 of OpenSSL 3.0 (EPYC, clang 21, one stream).
#define SETTLE(x) __asm__("" : "+r"(x))
#define ROTATE(x, n) (((x) << (n)) | ((x) >> (32 - (n))))
#define F(a, b, c, d) a += (d) ^ ((b) & ((c) ^ (d)));
#define G(a, b, c, d) a += (c) & ~(d); SETTLE(a); a += (b) & (d);
#define H(a, b, c, d) { uint32_t e = (c) ^ (d); SETTLE(e); a += e ^ (b); }
#define I(a, b, c, d) a += (c) ^ ((b) | ~(d));
#define STEP(f, a, b, c, d, k, s, t) \
    a += word[k] + t; \
    SETTLE(a); \
    f(a, b, c, d) \
    a = ROTATE(a, s) + b;

const chashing_md5_state md5_start = {{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};

void md5_feed(chashing_md5_state *state, const uint8_t *bytes, size_t count) {
    uint32_t a = state->word[0], b = state->word[1], c = state->word[2], d = state->word[3];
    for (; count > 0; count--, bytes += 64) {
        const uint32_t a0 = a, b0 = b, c0 = c, d0 = d;
        uint32_t word[16];
        memcpy(word, bytes, 64);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        for (int i = 0; i < 16; i++) word[i] = __builtin_bswap32(word[i]);
#endif
        MD5_ROUNDS
        a += a0;
        b += b0;
        c += c0;
        d += d0;
    }
    *state = (chashing_md5_state){{a, b, c, d}};
}

void chashing_md5_begin(chashing_md5 *stream) {
    stream->state = md5_start;
    stream->total = 0;
}

void chashing_md5_update(chashing_md5 *stream, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    const size_t held = stream->total % 64;
    stream->total += count;
    if (held > 0) {
        const size_t missing = count < 64 - held ? count : 64 - held;
        memcpy(stream->pending + held, next, missing);
        if (held + missing < 64) return;
        md5_feed(&stream->state, stream->pending, 1);
        next += missing;
        count -= missing;
    }
    md5_feed(&stream->state, next, count / 64);
    if (count % 64 > 0) memcpy(stream->pending, next + count / 64 * 64, count % 64);
}

size_t md5_tail(uint8_t tail[128], const void *rest, uint64_t total) {
    const size_t held = total % 64;
    const size_t blocks = held < 56 ? 1 : 2;
    memset(tail, 0, 128);
    if (held > 0) memcpy(tail, rest, held);
    tail[held] = 0x80;
    for (int i = 0; i < 8; i++) tail[blocks * 64 - 8 + i] = (uint8_t)((total * 8) >> (8 * i));
    return blocks;
}

void md5_write(const chashing_md5_state *state, uint8_t digest[16]) {
    for (int i = 0; i < 16; i++) digest[i] = (uint8_t)(state->word[i / 4] >> (8 * (i % 4)));
}

void chashing_md5_end(chashing_md5 *stream, uint8_t digest[16]) {
    uint8_t tail[128];
    md5_feed(&stream->state, tail, md5_tail(tail, stream->pending, stream->total));
    md5_write(&stream->state, digest);
}
