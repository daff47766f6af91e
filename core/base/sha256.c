/* sha256.c: padding as FIPS 180-4, section 5.1.1; the rounds as Intel's "New Instructions
 * Supporting the Secure Hash Algorithm" (2013) lays the eight words out: ABEF and CDGH. */
#include "base/sha256.h"

#include <string.h>

#if defined __x86_64__ && __has_include(<sys/platform/x86.h>)

#include <immintrin.h>
#include <sys/platform/x86.h>

static const uint32_t FIRST[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static const uint32_t ROUNDS[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

bool sha256_here(void)
{
    return CPU_FEATURE_ACTIVE(SHA) && CPU_FEATURE_ACTIVE(SSE4_1) && CPU_FEATURE_ACTIVE(SSSE3);
}

static inline __m128i load(const void *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

__attribute__((target("sha,sse4.1"))) static void add_blocks(uint32_t state[8],
                                                             const unsigned char *at, size_t blocks)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203); /* big-endian */
    const __m128i badc = _mm_shuffle_epi32(load(state), 0xb1);
    const __m128i hgfe = _mm_shuffle_epi32(load(state + 4), 0x1b);
    __m128i abef = _mm_alignr_epi8(badc, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, badc, 0xf0);
    for (; blocks > 0; blocks--, at += SHA256_BLOCK) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w0 = _mm_shuffle_epi8(load(at), swap), w1 = _mm_shuffle_epi8(load(at + 16), swap),
                w2 = _mm_shuffle_epi8(load(at + 32), swap),
                w3 = _mm_shuffle_epi8(load(at + 48), swap);
        for (size_t round = 0; round < 64; round += 4) { /* the last four make words in vain */
            __m128i k = _mm_add_epi32(w0, load(ROUNDS + round));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(k, 0x0e));
            __m128i w4 = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
            w4 = _mm_sha256msg2_epu32(w4, w3);
            w0 = w1, w1 = w2, w2 = w3, w3 = w4;
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    const __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

static const uint32_t FIRST[8];

bool sha256_here(void)
{
    return false;
}

static void add_blocks(uint32_t state[8], const unsigned char *at, size_t blocks)
{
    (void)state, (void)at, (void)blocks;
}

#endif

void sha256_begin(sha256 *s)
{
    memcpy(s->state, FIRST, sizeof FIRST);
    s->len = 0;
}

void sha256_add(sha256 *s, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    size_t held = s->len % SHA256_BLOCK;
    s->len += len;
    if (held + len >= SHA256_BLOCK && held > 0) {
        memcpy(s->rest + held, at, SHA256_BLOCK - held);
        add_blocks(s->state, s->rest, 1);
        at += SHA256_BLOCK - held;
        len -= SHA256_BLOCK - held;
        held = 0;
    }
    if (held == 0) {
        add_blocks(s->state, at, len / SHA256_BLOCK);
        at += len - len % SHA256_BLOCK;
        len %= SHA256_BLOCK;
    }
    if (len)
        memcpy(s->rest + held, at, len);
}

static void put_number(unsigned char *out, uint64_t number, int bytes)
{
    while (bytes-- > 0)
        *out++ = (unsigned char)(number >> (8 * bytes));
}

void sha256_end(sha256 *s, unsigned char digest[32])
{
    static const unsigned char PADDING[SHA256_BLOCK] = {0x80};
    unsigned char bits[8];
    put_number(bits, 8 * s->len, sizeof bits);
    sha256_add(s, PADDING, SHA256_BLOCK - (s->len + sizeof bits) % SHA256_BLOCK);
    sha256_add(s, bits, sizeof bits);
    for (size_t i = 0; i < 8; i++)
        put_number(digest + 4 * i, s->state[i], 4);
}
