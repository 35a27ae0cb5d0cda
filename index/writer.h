/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing paragraphs into an index.
 *
 * A writer holds the index's lock, fills one new segment, or as many as its
 * bound of memory makes necessary, and makes them part of the index in one step
 * at the end: writer_commit renames a new manifest over the old one. Before
 * that nothing of them can be seen, and whatever stops the process before that
 * leaves the index as it was. Leftovers of such a run are removed by the next
 * writer.
 *
 * Paragraphs come in parts, which any thread may fill; the writer itself
 * belongs to one thread, which takes them in order.
 *
 * The index knows nothing of languages. What follows from a word alone (its
 * stem, the key under which its spelling is listed) is asked of the caller, by
 * the thread of the writer, once per word and language as it sees fit. */
#ifndef INDEX_WRITER_H
#define INDEX_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/files.h"
#include "index/paragraph.h"
#include "index/word_forms.h"

struct writer;

struct writer_options {
    const char *analyzer;      /* identity of the analyzer; the index must
                                  have been written with the same. NULL: the
                                  index must be there (else NO_INDEX), of any
                                  analyzer, and nothing is added to it */
    word_forms_function forms; /* required */
    void *forms_context;
    bool portable; /* keep positions in Xapian's way, for other clients, and not
                      in a forward index */
    bool replace;  /* leave out what the index held before */
    unsigned wait; /* seconds to wait for another writer to end */
    bool look; /* take no lock, and change nothing on disk: for asking what a
                  run would do; there must be no commit */
    size_t n_threads; /* to finish a segment by; 0: as many as cores */
    size_t memory; /* bytes that may be taken, a fourth of them by parts; 0: a
                      quarter of the machine's, at most 1 GiB */
};

/* Open the index in the folder PATH for writing; it and its parents are made if
 * missing. Errors: LOCKED (the message names the holder's process), SCHEMA,
 * CORRUPT, IO (also where PATH is something else than a folder, or a folder of
 * other things), MEMORY. *WRITER is the caller's to free. */
enum status writer_open(const char *path, const struct writer_options *options,
                        struct writer **writer, struct failure *failure);

/* What WRITER was opened with, for its parts. */
const struct writer_options *writer_options(const struct writer *writer);

/* What WRITER leaves for parts of the bytes that it may take: how many parts
 * there are at once changes nothing of what is written. */
size_t writer_spare_memory(const struct writer *writer);

/* Paragraphs of a file, of several, or of a piece of one, inverted apart from
 * all others: by any thread, one at a time. */
struct writer_part;

/* Of OPTIONS no more is used than what is the same for all parts of a writer.
 * *PART is the caller's to free. MEMORY, as of all that follow. */
enum status writer_part_new(const struct writer_options *options,
                            struct writer_part **part, struct failure *failure);
void writer_part_free(struct writer_part *part); /* NULL is fine */

/* Forget its paragraphs, and what went wrong. */
void writer_part_clear(struct writer_part *part);

/* The next paragraph. Its document is the one of the paragraph before where
 * .document and .path are equal to that, and so it is for the first of a part;
 * otherwise a new one. The writer gives .document_number; .ordinal is the
 * caller's. Copied. */
enum status writer_part_begin_paragraph(struct writer_part *part,
                                        const struct paragraph *paragraph,
                                        struct failure *failure);

/* A word of it as written (case folded), at POSITION (from 1). COUNTS is
 * false for what stands at its position beside other words that already make
 * up the paragraph's length (a compound beside its parts). */
enum status writer_part_add_word(struct writer_part *part, struct bytes word,
                                 uint32_t position, bool counts,
                                 struct failure *failure);

/* A word that is listed by its stem alone, and does not add to the paragraph's
 * length. */
enum writer_field {
    WRITER_TEXT,    /* the paragraph itself (TERM_STEM): what is found by its
                       stem alone, beside its words */
    WRITER_TITLE,   /* the document's title (TERM_TITLE) */
    WRITER_HEADING, /* the headings above the paragraph (TERM_HEADING) */
};
enum status writer_part_add_field_word(struct writer_part *part,
                                       enum writer_field field,
                                       struct bytes word,
                                       struct failure *failure);

enum status writer_part_end_paragraph(struct writer_part *part,
                                      struct failure *failure);

/* How many bytes of text its paragraphs have, and how many they are. */
size_t writer_part_text_size(const struct writer_part *part);
uint32_t writer_part_n_paragraphs(const struct writer_part *part);

/* Do what can be done for PART before it is taken; nothing can be added after
 * it. Not needed, but all cores can do it, and writer_take is of one. */
enum status writer_part_finish(struct writer_part *part,
                               struct failure *failure);

/* Put the paragraphs of PART behind those that were taken before; it is empty
 * afterwards, and can be used again. What the index is like depends on what
 * parts hold and on their order, not on who filled them. */
enum status writer_take(struct writer *writer, struct writer_part *part,
                        struct failure *failure);

/* How many paragraphs, and documents, this writer has taken. */
uint32_t writer_n_paragraphs(const struct writer *writer);
uint32_t writer_n_documents(const struct writer *writer);

/* --- Updates: what the index knows of files, and what it is to forget.
 * All of it counts from the next commit on. */

/* Whether the index knows of the file PATH, and what: *FACTS stays the
 * writer's, valid until it is freed. */
bool writer_file(struct writer *writer, struct bytes path,
                 const struct file_facts **facts);

/* Call EACH for all files that it knows of, in byte order of paths; it ends the
 * walk by returning another status than STATUS_OK, which is passed up. EACH may
 * set and forget files. MEMORY. */
typedef enum status (*file_function)(void *context,
                                     const struct file_facts *facts,
                                     struct failure *failure);
enum status writer_each_file(struct writer *writer, file_function each,
                             void *context, struct failure *failure);

/* Know FACTS, which are copied, of their path, or nothing more of PATH. MEMORY.
 */
enum status writer_set_file(struct writer *writer,
                            const struct file_facts *facts,
                            struct failure *failure);
enum status writer_forget_file(struct writer *writer, struct bytes path,
                               struct failure *failure);

/* Mark the paragraphs that the index held when the writer was opened as
 * deleted: those of the file PATH, or of the DOCUMENT (its symbol, or its
 * path). *N_PARAGRAPHS is how many were not marked yet. CORRUPT, IO, MEMORY. */
enum status writer_remove_path(struct writer *writer, struct bytes path,
                               uint32_t *n_paragraphs, struct failure *failure);
enum status writer_remove_document(struct writer *writer, struct bytes document,
                                   uint32_t *n_paragraphs,
                                   struct failure *failure);

/* Commit what was done so far: finish the segments, put them on disk (fsync),
 * and name them in the manifest. Things can go on after it, but after a failure
 * the writer can only be freed. */
enum status writer_commit(struct writer *writer, struct failure *failure);

/* After a commit: merge what is due (index/merge_policy.h), which readers do
 * not notice. What was committed stays so if it fails, and the next writer
 * merges. After it the writer can only be freed. CORRUPT, IO, MEMORY, LIMIT. */
enum status writer_merge(struct writer *writer, struct failure *failure);

/* Free WRITER (NULL is fine). If it was not committed, the segment's files
 * are removed and the index is as it was. The lock is given up. */
void writer_free(struct writer *writer);

#endif
