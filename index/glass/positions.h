/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The positions of a term in a document, as the tag of an item of the position
 * table. */
#ifndef INDEX_GLASS_POSITIONS_H
#define INDEX_GLASS_POSITIONS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* Append the N_POSITIONS, at least one, which ascend, to BUFFER (check
 * buffer->failed). The code is the interpolative one of Moffat and Stuiver,
 * "Binary interpolative coding for effective index compression", Information
 * Retrieval 3 (2000), with codes that are short in the middle of a range. */
void glass_positions_encode(const uint32_t *positions, size_t n_positions,
                            struct buffer *buffer);

#endif
