/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forward index of a segment: the words of each paragraph, as numbers, in
 * the order in which they stand. A phrase is checked on it, at a fourth of the
 * size of Xapian's table of positions.
 *
 *   file      = magic (16 bytes) paragraphs words, and three tables of u64:
 *               the start of each 16th paragraph, that of each 16th word, and
 *               n_paragraphs n_words end_of_paragraphs end_of_words hash
 *   paragraph = length (of what follows, in bytes) token*
 *   token     = number of the word, at the position behind the token before;
 *               or 0, position, number
 *   word      = length bytes n_numbers number*
 *
 * A word that stands beside others, at a position that they have passed, comes
 * behind all that do not; so a phrase of words in a row is mostly a row of
 * bytes.
 *
 * Numbers are LEB128, those in tables have eight bytes, the lowest first. Words
 * are in byte order. A word has one number, whatever its languages; numbers are
 * given from 1 on, those of common words first, so that these are short. */
#ifndef INDEX_FORWARD_H
#define INDEX_FORWARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

#define FORWARD_NAME "forward.pilcrow"

/* --- Writing */

struct forward_writer;

/* Begin the file in FOLDER. *WRITER is the caller's to free. IO, MEMORY, as of
 * all that follow. */
enum status forward_writer_new(const char *folder,
                               struct forward_writer **writer,
                               struct failure *failure);

/* The next paragraph, of N_TOKENS numbers in the order of the file: a word's,
 * or 0, a position, and a word's. NAMES has what words are called in the file,
 * by what they are called here; NULL: the same. */
enum status forward_writer_add(struct forward_writer *writer,
                               const uint32_t *tokens, size_t n_tokens,
                               const uint32_t *names, struct failure *failure);

/* After all paragraphs, and in byte order: WORD, which has NUMBER; for each of
 * its numbers again. */
enum status forward_writer_word(struct forward_writer *writer,
                                struct bytes word, uint32_t number,
                                struct failure *failure);

/* Write what is left, and close the file. HASH is of all that is in it. */
enum status forward_writer_finish(struct forward_writer *writer, uint64_t *hash,
                                  struct failure *failure);
void forward_writer_free(struct forward_writer *writer);

/* --- Reading */

struct forward;

struct sums;

/* Open the one in FOLDER; *FORWARD is NULL if there is none. CORRUPT, IO,
 * MEMORY. It is the caller's to close. What numbers and tokens are read from is
 * compared with SUMS, which are of FOLDER and outlive it, unless they are
 * NULL. */
enum status forward_open(const char *folder, const struct sums *sums,
                         struct forward **forward, struct failure *failure);
void forward_close(struct forward *forward);

/* Append the numbers of WORD (as uint32_t) to NUMBERS; none if it is not there.
 * False if the file is damaged or memory is short. */
bool forward_numbers(const struct forward *forward, struct bytes word,
                     struct buffer *numbers);

/* The tokens of PARAGRAPH, to be read with forward_next. False if there is no
 * such one, or the file is damaged. *TOKENS is all zeros, or has been used with
 * this file, which makes it quick to go on to a paragraph not far behind. */
struct forward_tokens {
    const unsigned char *at, *end;
    uint32_t paragraph;
    uint32_t position, number; /* of the token that was read */
};
bool forward_tokens(const struct forward *forward, uint32_t paragraph,
                    struct forward_tokens *tokens);

/* Read the next token; false at the end, where .at is .end, or at damage. Most
 * have a byte or two, and are read here. */
bool forward_next_long(struct forward_tokens *tokens);
static inline bool forward_next(struct forward_tokens *tokens)
{
    const unsigned char *at = tokens->at;

    if (tokens->end - at < 2 || at[0] == 0 || (at[0] & at[1] & 0x80))
        return forward_next_long(tokens);
    tokens->position++;
    tokens->number = at[0] & 0x7F;
    tokens->at = at + 1;
    if (at[0] & 0x80) {
        tokens->number |= (uint32_t)at[1] << 7;
        tokens->at = at + 2;
    }
    return true;
}

/* Let the memory go that paragraphs before TOKENS take: for who goes through
 * all of them, who calls it of each. They can be read again. */
void forward_pass(struct forward *forward, const struct forward_tokens *tokens);

/* How many bytes the file has. */
uint64_t forward_size(const struct forward *forward);

/* Its words, from the first to the last, while they are read. */
struct forward_words {
    struct bytes word; /* borrowed from the open file */
    uint32_t *numbers; /* owned; the word's */
    size_t n_numbers, capacity;
    uint64_t place; /* behind it; 0: at the beginning */
    bool failed;    /* memory was short */
};

/* Go on to the next word, the first if *WORDS is all zeros; *MORE is false at
 * the end. False if the file is damaged or memory is short. */
bool forward_next_word(const struct forward *forward,
                       struct forward_words *words, bool *more);
void forward_words_release(struct forward_words *words);

#endif
