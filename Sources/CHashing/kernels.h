// Feeding all lanes the same number of blocks.
#pragma once
#include "chashing.h"

typedef void md5_kernel(
    uint32_t word[4][chashing_lane_count], const uint8_t *const next[chashing_lane_count], size_t blocks
);

md5_kernel md5_avx512, md5_avx2, md5_neon;
