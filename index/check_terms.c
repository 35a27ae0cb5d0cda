/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/check_terms.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "index/glass/chunk.h"
#include "index/glass/format.h"
#include "index/glass/scan.h"
#include "index/manifest.h"
#include "index/schema.h"

#include <stdlib.h>

void term_sums_release(struct term_sums *sums)
{
    free(sums->sums);
    *sums = (struct term_sums){.sums = NULL};
}

static bool is_capital(struct bytes term, size_t i)
{
    return i < term.length && is_ascii_capital(term.data[i]);
}

/* Whether TERM is a word, which is folded, or the stem of one. */
static bool is_compared(struct bytes term)
{
    if (!is_capital(term, 0))
        return true;
    return term.data[0] == *TERM_STEM && !is_capital(term, 1);
}

/* Find the TERM of KEY, as the key of its first chunk has it, and which
 * document the chunk begins with (0: it is the first). False if it is of no
 * term. */
static bool parse_key(struct bytes key, struct bytes *term, uint32_t *first)
{
    const char *end = key.data + key.length, *at = key.data;

    *first = 0;
    *term = key;
    if (at == end || *at == '\0')
        return false;
    while ((at = memchr(at, '\0', (size_t)(end - at)))) {
        if (end - at > 1 && at[1] == '\xFF') {
            at += 2;
            continue;
        }
        term->length = (size_t)(at - key.data);
        at++;
        return glass_read_sortable(&at, end, first) && at == end;
    }
    return true;
}

static uint64_t *sum_of(struct term_sums *sums, uint32_t document)
{
    return document <= sums->last ? &sums->sums[document] : NULL;
}

static enum status add_chunk(struct term_sums *sums,
                             const struct glass_scan *scan, struct bytes term,
                             uint32_t first, struct bytes tag,
                             struct failure *failure)
{
    struct glass_postings_chunk chunk;
    uint64_t hash = content_hash(term);
    bool more = true, good = glass_postings_chunk_init(&chunk, tag, first);

    while (good && (good = glass_postings_chunk_next(&chunk, &more)) && more) {
        uint64_t *sum = sum_of(sums, chunk.document);

        good = sum != NULL;
        if (good)
            *sum += hash * chunk.wdf;
    }
    return good ? STATUS_OK : glass_scan_fail(scan, failure);
}

static enum status add_postings(struct term_sums *sums, struct glass_scan *scan,
                                struct failure *failure)
{
    struct glass_scanned item;
    bool more = true;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && more) {
        struct bytes term;
        uint32_t first;

        status = glass_scan_next(scan, &item, &more, failure);
        if (status == STATUS_OK && more && parse_key(item.key, &term, &first) &&
            is_compared(term))
            status = add_chunk(sums, scan, term, first, item.tag, failure);
    }
    return status;
}

enum status term_sums_init(struct term_sums *sums, const char *folder,
                           uint32_t last, struct failure *failure)
{
    struct glass_scan *scan = NULL;
    enum status status =
        glass_scan_open(folder, GLASS_POSTLIST, &scan, failure);

    *sums =
        (struct term_sums){calloc((size_t)last + 1, sizeof *sums->sums), last};
    if (status == STATUS_OK && !sums->sums)
        status = fail_memory(failure);
    if (status == STATUS_OK)
        status = add_postings(sums, scan, failure);
    glass_scan_free(scan);
    return status;
}

void term_sums_take(struct term_sums *sums, uint32_t document,
                    const char *prefix, struct bytes word)
{
    size_t length = strlen(prefix);
    char term[TERM_MAX];
    struct buffer escaped = BUFFER_EMPTY;

    /* Terms that are too long are in no index. */
    if (word.length == 0 || length + word.length > TERM_MAX)
        return;
    memcpy(term, prefix, length);
    memcpy(term + length, word.data, word.length);
    word = (struct bytes){term, length + word.length};
    if (memchr(word.data, '\0', word.length)) {
        glass_append_term(&escaped, word);
        word = buffer_bytes(&escaped);
    }
    if (word.length <= TERM_MAX)
        sums->sums[document] -= content_hash(word);
    buffer_release(&escaped);
}

bool term_sums_agree(const struct term_sums *sums, uint32_t document)
{
    return document <= sums->last && sums->sums[document] == 0;
}
