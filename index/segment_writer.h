/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filling one segment, paragraph by paragraph, through Xapian's own writer.
 *
 * It takes terms, values and records as they are to be kept, and knows nothing
 * of words, manifests or locks. */
#ifndef INDEX_SEGMENT_WRITER_H
#define INDEX_SEGMENT_WRITER_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/schema.h"

struct segment_writer;

/* Make a segment in the folder PATH, which must not exist yet. *SEGMENT is
 * the caller's to free with segment_writer_free. IO, MEMORY; all that
 * follow have these errors, too. */
enum status segment_writer_new(const char *path,
                               struct segment_writer **segment,
                               struct failure *failure);

/* The next paragraph, whose record is RECORD. */
enum status segment_writer_begin(struct segment_writer *segment,
                                 struct bytes record, struct failure *failure);

/* TERM at POSITION of it, adding WDF to how often it has the term. A term too
 * long for Glass is left out, as it is of the next function. */
enum status segment_writer_posting(struct segment_writer *segment,
                                   struct bytes term, uint32_t position,
                                   uint32_t wdf, struct failure *failure);

/* TERM without a position. */
enum status segment_writer_term(struct segment_writer *segment,
                                struct bytes term, uint32_t wdf,
                                struct failure *failure);

enum status segment_writer_value(struct segment_writer *segment,
                                 enum schema_value slot, struct bytes value,
                                 struct failure *failure);

/* The paragraph is whole. LIMIT where the segment can take no more. */
enum status segment_writer_end(struct segment_writer *segment,
                               struct failure *failure);

/* A fact about the segment. */
enum status segment_writer_metadata(struct segment_writer *segment,
                                    const char *key, const char *value,
                                    struct failure *failure);

/* Finish it, and wait until it is on disk; after that it can only be freed. */
enum status segment_writer_finish(struct segment_writer *segment,
                                  struct failure *failure);

/* Free SEGMENT (NULL is fine). Its files stay, whole or not. */
void segment_writer_free(struct segment_writer *segment);

#endif
