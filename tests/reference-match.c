/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where meanings stand in a paragraph, whether they hold, and what they mark.
 */
#include <config.h>

#include "tests/reference-parts.h"

#include "base/buffer.h"

#include <stdlib.h>

static void add_stretch(struct meaning *meaning, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < meaning->n_stretches; i++)
        if (meaning->stretches[i].first == first &&
            meaning->stretches[i].last == last)
            return;
    if (!array_grow(&meaning->stretches, &meaning->stretches_capacity,
                    meaning->n_stretches + 1, sizeof *meaning->stretches))
        abort();
    meaning->stretches[meaning->n_stretches++] = (struct stretch){first, last};
}

static bool is_near(const struct meaning *near, struct stretch a,
                    struct stretch b)
{
    return (b.first > a.last && b.first - a.last <= near->distance) ||
           (near->kind == MEANING_NEAR && a.first > b.last &&
            a.first - b.last <= near->distance);
}

/* The stretch over both. */
static struct stretch both(struct stretch a, struct stretch b)
{
    return (struct stretch){a.first < b.first ? a.first : b.first,
                            a.last > b.last ? a.last : b.last};
}

/* The rows of what stands at ROWS and, right behind, at NEXT. */
static void extend_rows(struct meaning *row, const struct meaning *next)
{
    struct meaning longer = {.n_stretches = 0};

    for (size_t i = 0; i < row->n_stretches; i++)
        for (size_t j = 0; j < next->n_stretches; j++)
            if (next->stretches[j].first == row->stretches[i].last + 1)
                add_stretch(&longer, row->stretches[i].first,
                            next->stretches[j].last);
    free(row->stretches);
    row->stretches = longer.stretches;
    row->n_stretches = longer.n_stretches;
    row->stretches_capacity = longer.stretches_capacity;
}

/* Find where MEANING, which is one that stands somewhere, does. */
static void locate(struct meaning *meaning,
                   const struct reference_paragraph *paragraph)
{
    meaning->n_stretches = 0;
    for (size_t i = 0; i < meaning->n_children; i++)
        locate(meaning->children[i], paragraph);
    if (meaning->kind == MEANING_WORD) {
        for (size_t i = 0; i < paragraph->n_tokens; i++)
            if (meaning->is[paragraph->tokens[i].word])
                add_stretch(meaning, paragraph->tokens[i].first,
                            paragraph->tokens[i].last);
    } else if (meaning->kind == MEANING_NEAR ||
               meaning->kind == MEANING_ONEAR) {
        const struct meaning *a = meaning->children[0];
        const struct meaning *b = meaning->children[1];

        for (size_t i = 0; i < a->n_stretches; i++) {
            for (size_t j = 0; j < b->n_stretches; j++) {
                struct stretch all = both(a->stretches[i], b->stretches[j]);

                if (is_near(meaning, a->stretches[i], b->stretches[j]))
                    add_stretch(meaning, all.first, all.last);
            }
        }
    } else {
        for (size_t i = 0; i < meaning->n_children; i++) {
            const struct meaning *child = meaning->children[i];

            if (meaning->kind == MEANING_ROW && i > 0)
                extend_rows(meaning, child);
            else
                for (size_t j = 0; j < child->n_stretches; j++)
                    add_stretch(meaning, child->stretches[j].first,
                                child->stretches[j].last);
        }
    }
}

/* Whether MEANING and all below it stand somewhere. */
static bool stands(const struct meaning *meaning)
{
    if (meaning->kind >= MEANING_FIELD)
        return false;
    for (size_t i = 0; i < meaning->n_children; i++)
        if (!stands(meaning->children[i]))
            return false;
    return true;
}

static size_t count_holding(struct meaning *meaning, size_t first, size_t i);

static bool holds(struct meaning *meaning, size_t i)
{
    const struct reference_paragraph *paragraph =
        &meaning->reference->paragraphs[i];

    if (stands(meaning)) {
        locate(meaning, paragraph);
        return meaning->n_stretches > 0;
    }
    switch (meaning->kind) {
    case MEANING_FIELD: return meaning->is[i];
    case MEANING_ALL:
        return count_holding(meaning, 0, i) == meaning->n_children;
    case MEANING_ANY: return count_holding(meaning, 0, i) > 0;
    case MEANING_ODD: return count_holding(meaning, 0, i) % 2 == 1;
    case MEANING_EXCEPT:
        return holds(meaning->children[0], i) &&
               count_holding(meaning, 1, i) == 0;
    case MEANING_WORD:
    case MEANING_ROW:
    case MEANING_NEAR:
    case MEANING_ONEAR: break;
    }
    abort();
}

/* How many children of MEANING hold, from number FIRST on. */
static size_t count_holding(struct meaning *meaning, size_t first, size_t i)
{
    size_t n = 0;

    for (size_t j = first; j < meaning->n_children; j++)
        n += holds(meaning->children[j], i);
    return n;
}

bool meaning_matches(struct meaning *meaning, size_t i)
{
    return holds(meaning, i);
}

/* Marks. */

/* The bytes of WHERE in PARAGRAPH, to the marks of TOP. */
static void mark(struct meaning *top,
                 const struct reference_paragraph *paragraph,
                 struct stretch where)
{
    struct reference_mark mark = {SIZE_MAX, 0};

    for (size_t i = 0; i < paragraph->n_tokens; i++) {
        const struct reference_token *token = &paragraph->tokens[i];

        if (token->first < where.first || token->last > where.last)
            continue;
        if (token->start < mark.start)
            mark.start = token->start;
        if (token->end > mark.end)
            mark.end = token->end;
    }
    if (!array_grow(&top->marks, &top->marks_capacity, top->n_marks + 1,
                    sizeof *top->marks))
        abort();
    top->marks[top->n_marks++] = mark;
}

/* Mark what makes MEANING stand at WHERE: of NEAR what is near, not what is
 * between. */
static void mark_stretch(struct meaning *top, const struct meaning *meaning,
                         const struct reference_paragraph *paragraph,
                         struct stretch where)
{
    for (size_t i = 0; i < meaning->n_stretches; i++) {
        struct stretch found = meaning->stretches[i];

        if (found.first != where.first || found.last != where.last)
            continue;
        if (meaning->kind == MEANING_WORD || meaning->kind == MEANING_ROW)
            mark(top, paragraph, where);
        if (meaning->kind == MEANING_ANY)
            for (size_t j = 0; j < meaning->n_children; j++)
                mark_stretch(top, meaning->children[j], paragraph, where);
    }
    if (meaning->kind != MEANING_NEAR && meaning->kind != MEANING_ONEAR)
        return;
    for (size_t i = 0; i < meaning->children[0]->n_stretches; i++) {
        for (size_t j = 0; j < meaning->children[1]->n_stretches; j++) {
            struct stretch a = meaning->children[0]->stretches[i];
            struct stretch b = meaning->children[1]->stretches[j];
            struct stretch all = both(a, b);

            if (!is_near(meaning, a, b) || all.first != where.first ||
                all.last != where.last)
                continue;
            mark_stretch(top, meaning->children[0], paragraph, a);
            mark_stretch(top, meaning->children[1], paragraph, b);
        }
    }
}

/* Mark all that MEANING says may be there. */
static void mark_all(struct meaning *top, struct meaning *meaning,
                     const struct reference_paragraph *paragraph)
{
    if (stands(meaning)) {
        locate(meaning, paragraph);
        for (size_t i = 0; i < meaning->n_stretches; i++)
            mark_stretch(top, meaning, paragraph, meaning->stretches[i]);
        return;
    }
    for (size_t i = 0; i < meaning->n_children; i++)
        if (i == 0 || meaning->kind != MEANING_EXCEPT)
            mark_all(top, meaning->children[i], paragraph);
}

static int compare_marks(const void *a, const void *b)
{
    const struct reference_mark *x = a, *y = b;

    return (x->start > y->start) - (x->start < y->start);
}

const struct reference_mark *meaning_marks(struct meaning *meaning, size_t i,
                                           size_t *n_marks)
{
    size_t n = 0;

    meaning->n_marks = 0;
    mark_all(meaning, meaning, &meaning->reference->paragraphs[i]);
    if (meaning->n_marks > 1)
        qsort(meaning->marks, meaning->n_marks, sizeof *meaning->marks,
              compare_marks);
    for (size_t j = 0; j < meaning->n_marks; j++) {
        struct reference_mark next = meaning->marks[j];

        if (n == 0 || next.start >= meaning->marks[n - 1].end)
            meaning->marks[n++] = next;
        else if (next.end > meaning->marks[n - 1].end)
            meaning->marks[n - 1].end = next.end;
    }
    *n_marks = n;
    return meaning->marks;
}
