/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which digits in the text are marks of footnotes, of what may be one by the
 * rules R1 to R7 of rebuild_candidates.c: the numbers that the document's own
 * footnotes have, in ascending order and each before its footnote, in brackets
 * if the footnote has them; one that was there already may be referred to again
 * (R1 to R4, R6). R2 to R4 count only where a footnote has no mark by R1, and
 * R5 and R7 only where it has no other. */
#include <config.h>

#include "src/document/rebuild_references.h"

#include "base/buffer.h"
#include "src/document/rebuild_candidates.h"
#include "src/document/rebuild_parts.h"

#include <stdlib.h>

struct note {
    size_t line;
    unsigned number;
    bool bracketed;
};

struct references {
    struct rebuild *rebuild;
    struct candidates candidates;
    struct note *notes;
    size_t n_notes, notes_capacity;
    size_t passed;
    /* How many candidates with the number were passed since it was defined. */
    uint32_t seen[NOTE_MAX_NUMBER + 1];
    unsigned last;
    bool failed;
};

enum status references_new(struct rebuild *rebuild,
                           struct references **references,
                           struct failure *failure)
{
    struct references *made = calloc(1, sizeof *made);
    enum status status;

    *references = NULL;
    if (!made)
        return fail_memory(failure);
    made->rebuild = rebuild;
    status = candidates_find(rebuild, &made->candidates, failure);
    if (status == STATUS_OK)
        *references = made;
    else
        references_free(made);
    return status;
}

void references_free(struct references *references)
{
    if (!references)
        return;
    free(references->candidates.list);
    free(references->notes);
    free(references);
}

void references_pass(struct references *references, size_t i)
{
    const struct candidates *candidates = &references->candidates;

    for (; references->passed < candidates->n; references->passed++) {
        const struct candidate *candidate =
            &candidates->list[references->passed];

        if (candidate->line >= i)
            break;
        references->seen[candidate->number]++;
    }
}

bool references_seen(const struct references *references, unsigned number)
{
    return number <= NOTE_MAX_NUMBER && references->seen[number] > 0;
}

void references_define(struct references *references, size_t i, unsigned number)
{
    if (number > NOTE_MAX_NUMBER)
        return;
    references->last = number;
    references->seen[number] = 0;
    if (!array_grow(&references->notes, &references->notes_capacity,
                    references->n_notes + 1, sizeof *references->notes)) {
        references->failed = true;
        return;
    }
    references->notes[references->n_notes++] = (struct note){
        i, number,
        bracketed_number(
            line_text(references->rebuild, &references->rebuild->lines[i]),
            &number) > 0};
}

unsigned references_last(const struct references *references)
{
    return references->last;
}

/* Cut the marks of the notes FIRST to END, whose numbers ascend, out of the
 * text of the candidates FROM to TO. */
static enum status cut_run(struct references *references, size_t first,
                           size_t end, size_t from, size_t to,
                           struct failure *failure)
{
    const struct note *notes = references->notes;
    enum { KNOWN = 1, BRACKETED = 2, OTHERS = 4, SURE = 8, CUT = 16 };
    unsigned char seen[NOTE_MAX_NUMBER + 1] = {0};
    size_t next = first, i;
    enum status status = STATUS_OK;

    for (i = first; i < end; i++)
        seen[notes[i].number] |= KNOWN | (notes[i].bracketed ? BRACKETED : 0);
    for (i = from; i < to; i++) {
        const struct candidate *candidate = &references->candidates.list[i];

        seen[candidate->number] |=
            (candidate->spaced ? 0 : OTHERS) | (candidate->sure ? SURE : 0);
    }
    for (i = from; i < to && status == STATUS_OK; i++) {
        const struct candidate *candidate = &references->candidates.list[i];
        unsigned char *mark = &seen[candidate->number];
        size_t found = next;

        if (!(*mark & KNOWN) ||
            references->rebuild->lines[candidate->line].kind != LINE_BODY ||
            ((*mark & BRACKETED) != 0) != candidate->bracketed ||
            (!candidate->sure && (*mark & SURE)) ||
            (i > from && candidate->start < candidate[-1].end))
            continue;
        if (!(*mark & CUT)) {
            while (found < end && notes[found].number != candidate->number)
                found++;
            if (found == end || (!candidate->sure && found > next + 2) ||
                (notes[found].line < candidate->line && !candidate->sure) ||
                (candidate->spaced && (found != next || (*mark & OTHERS))))
                continue;
            next = found + 1;
            *mark |= CUT;
        } else if (candidate->spaced) {
            continue;
        }
        status = rebuild_cut(references->rebuild, candidate->start,
                             candidate->end, failure);
    }
    return status;
}

enum status references_cut(struct references *references,
                           struct failure *failure)
{
    const struct note *notes = references->notes;
    size_t first = 0, from = 0, to, end;
    enum status status = STATUS_OK;

    if (references->failed)
        return fail_memory(failure);
    while (first < references->n_notes && status == STATUS_OK) {
        for (end = first + 1; end < references->n_notes &&
                              notes[end].number > notes[end - 1].number;
             end++)
            continue;
        to = from;
        while (to < references->candidates.n &&
               (end == references->n_notes ||
                references->candidates.list[to].line < notes[end - 1].line))
            to++;
        status = cut_run(references, first, end, from, to, failure);
        first = end;
        from = to;
    }
    return status;
}
