/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filling one segment, part by part: the text goes into its table as it comes,
 * all else is kept in memory until the segment is finished.
 *
 * It knows nothing of manifests or locks. */
#ifndef INDEX_SEGMENT_WRITER_H
#define INDEX_SEGMENT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/schema.h"
#include "index/segment_part.h"
#include "index/word_forms.h"

struct segment_writer;

struct segment_options {
    word_forms_function forms; /* called when the segment is finished; NULL:
                                  words have no forms */
    void *forms_context;
    bool portable;    /* Xapian's table of positions instead of a forward index;
                         then its parts are portable, too */
    size_t n_threads; /* to finish it by; 0: as many as there are cores */
};

/* Make a segment in the folder PATH, which must not exist yet. *SEGMENT is the
 * caller's to free with segment_writer_free. IO, MEMORY; all that follow have
 * these errors, too. */
enum status segment_writer_new(const char *path,
                               const struct segment_options *options,
                               struct segment_writer **segment,
                               struct failure *failure);

/* Put the paragraphs of PART behind the others; it is finished, if it was not,
 * and cleared. LIMIT where the segment can take no more. */
enum status segment_writer_take(struct segment_writer *segment,
                                struct segment_part *part,
                                struct failure *failure);

/* How many paragraphs it has; they are numbered from 1. */
uint32_t segment_writer_n_paragraphs(const struct segment_writer *segment);

/* A value of the paragraph DOCUMENT, which is above all that have one in SLOT,
 * of a slot that parts do not use. */
enum status segment_writer_value(struct segment_writer *segment,
                                 uint32_t document, enum schema_value slot,
                                 struct bytes value, struct failure *failure);

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
