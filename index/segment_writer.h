/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filling one segment, paragraph by paragraph: the text goes into its table as
 * it comes, all else is kept in memory until the segment is finished.
 *
 * It takes terms, values and records as they are to be kept, and knows nothing
 * of manifests or locks. */
#ifndef INDEX_SEGMENT_WRITER_H
#define INDEX_SEGMENT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/schema.h"
#include "index/word_forms.h"

struct segment_writer;

struct segment_options {
    word_forms_function forms; /* called when the segment is finished; NULL:
                                  words have no forms */
    void *forms_context;
    bool portable; /* Xapian's table of positions instead of a forward index */
};

/* Make a segment in the folder PATH, which must not exist yet. *SEGMENT is the
 * caller's to free with segment_writer_free. IO, MEMORY; all that follow have
 * these errors, too. */
enum status segment_writer_new(const char *path,
                               const struct segment_options *options,
                               struct segment_writer **segment,
                               struct failure *failure);

/* The next paragraph, in LANGUAGE, whose record is RECORD. LIMIT where the
 * segment can take no more. */
enum status segment_writer_begin(struct segment_writer *segment,
                                 struct bytes record, struct bytes language,
                                 struct failure *failure);

/* WORD at POSITION of it. COUNTS: it adds one to how often the paragraph has
 * the word, and to its length. A term too long for Glass is left out, as it is
 * of the next function. */
enum status segment_writer_word(struct segment_writer *segment,
                                struct bytes word, uint32_t position,
                                bool counts, struct failure *failure);

/* TERM, which has no forms, without a position; WDF adds to the length. */
enum status segment_writer_term(struct segment_writer *segment,
                                struct bytes term, uint32_t wdf,
                                struct failure *failure);

/* The same once more for this paragraph, adding nothing to its length. */
enum status segment_writer_beside(struct segment_writer *segment,
                                  struct bytes term, struct failure *failure);

/* A value of it; one of each slot but VALUE_BLOCK, which is the segment's own.
 * An empty one is none. */
enum status segment_writer_value(struct segment_writer *segment,
                                 enum schema_value slot, struct bytes value,
                                 struct failure *failure);

/* How much memory the segment takes, and will take while it is finished, as a
 * good guess, in bytes. */
size_t segment_writer_size(const struct segment_writer *segment);

/* A fact about the segment; KEY and VALUE are not empty. */
enum status segment_writer_metadata(struct segment_writer *segment,
                                    const char *key, const char *value,
                                    struct failure *failure);

/* Write it, and wait until it is on disk; after that it can only be freed. Also
 * LIMIT, and what the forms give. */
enum status segment_writer_finish(struct segment_writer *segment,
                                  struct failure *failure);

/* Free SEGMENT (NULL is fine). Its files stay, whole or not. */
void segment_writer_free(struct segment_writer *segment);

#endif
