/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The label of each block, by which it is cited.
 *
 *   1. Preambular paragraphs are counted; operative ones have their own
 *      numbers, or are counted if none of the document has one.
 *   2. Annex text and other paragraphs have their own numbers where these run
 *      on from 1 through at least half of the paragraphs, as in reports; else
 *      they are counted, each item of a list as well.
 *   3. An item, "(a)", has the label of its paragraph before its own:
 *      OP14(a)(i). What continues, begins or goes deeper is told by the value
 *      and the style of its number.
 *   4. A paragraph without a number among numbered ones continues the one
 *      before. It has that one's label, and so rule 5.
 *   5. A label that the document has already gets ".2", ".3" and so on.
 *   6. A footnote's label has its mark, if it has one; all others are
 *      counted. */
#include <config.h>

#include "src/document/structure_parts.h"

#include <stdlib.h>

enum {
    LEVELS_MAX = 6, /* of items in items */
    MARK_BYTES = 24,
    NUMBERED_MIN = 3, /* paragraphs, for rule 2 */
};

/* The labels of a document that are taken: a table with open addressing. */
struct taken {
    struct span *labels; /* in .labels of the structure; length 0: free */
    unsigned *counts;    /* how often each was wanted */
    size_t mask;
};

struct level {
    enum mark_style style;
    unsigned value;
    bool bracketed;   /* (a), where a. is of another level */
    struct span mark; /* in .data */
};

/* Where in the numbering of one kind the labelling stands. */
struct numbering {
    bool own;         /* paragraphs have their own numbers */
    unsigned number;  /* of the paragraph at hand, or the count */
    unsigned highest; /* that a paragraph has had */
    bool has_suffix;
    struct span suffix; /* in .data: the number as it is written */
    struct level levels[LEVELS_MAX];
    size_t depth;
};

struct labeller {
    struct structure *structure;
    const struct part *part;
    struct taken taken;
    unsigned counts[SORTS];
    struct numbering numberings[SORTS];
    struct buffer label; /* the one that is made */
};

static uint64_t hash(struct bytes bytes)
{
    uint64_t value = 0xcbf29ce484222325; /* FNV-1a */

    for (size_t i = 0; i < bytes.length; i++)
        value = (value ^ (unsigned char)bytes.data[i]) * 0x100000001b3;
    return value;
}

static bool taken_init(struct taken *taken, size_t n)
{
    size_t size = 16;

    /* Twice what is needed, so that there is always a free slot; a paragraph
     * takes its own label and perhaps that of rule 5. */
    while (size / 4 < n)
        if ((size *= 2) > SIZE_MAX / sizeof *taken->labels / 2)
            return false;
    taken->labels = calloc(size, sizeof *taken->labels);
    taken->counts = calloc(size, sizeof *taken->counts);
    taken->mask = size - 1;
    return taken->labels && taken->counts;
}

static void taken_release(struct taken *taken)
{
    free(taken->labels);
    free(taken->counts);
}

/* The slot of LABEL: its own, or a free one. */
static size_t taken_slot(const struct labeller *labeller, struct bytes label)
{
    const struct taken *taken = &labeller->taken;
    size_t slot = (size_t)hash(label) & taken->mask;

    while (
        taken->labels[slot].length &&
        !bytes_equal(span_of(&labeller->structure->labels, taken->labels[slot]),
                     label))
        slot = (slot + 1) & taken->mask;
    return slot;
}

/* Give KEPT the label that was made, made unique: rule 5. */
static void put_label(struct labeller *labeller, struct kept *kept)
{
    struct buffer *labels = &labeller->structure->labels;
    struct buffer *label = &labeller->label;
    size_t length = label->length, first, slot;

    if (label->failed) {
        labels->failed = true;
        return;
    }
    first = slot = taken_slot(labeller, buffer_bytes(label));
    while (labeller->taken.labels[slot].length) {
        label->length = length;
        buffer_append_format(label, ".%u", ++labeller->taken.counts[first] + 1);
        if (label->failed) {
            labels->failed = true;
            return;
        }
        slot = taken_slot(labeller, buffer_bytes(label));
    }
    kept->label = (struct span){labels->length, label->length};
    buffer_append(labels, label->data, label->length);
    if (!labels->failed)
        labeller->taken.labels[slot] = kept->label;
}

static void append_span(struct labeller *labeller, struct span span)
{
    struct bytes bytes = span_of(&labeller->structure->data, span);

    buffer_append(&labeller->label, bytes.data, bytes.length);
}

/* The number itself of KEPT's mark. */
static struct span mark_span(const struct kept *kept)
{
    return (struct span){kept->text.start + kept->mark.start,
                         kept->mark.end - kept->mark.start};
}

/* One of the two readings of a mark: (i) follows (h), or begins (i), (ii). */
static bool reading(const struct mark *mark, int n, enum mark_style *style,
                    unsigned *value)
{
    *style = n ? mark->other : mark->style;
    *value = n ? mark->other_value : mark->value;
    return *style != MARK_NONE;
}

/* The level at which MARK continues the counting in NUMBERING: with STEP, as
 * the number after the last; without, as any later one. LEVELS_MAX: at none.
 */
static size_t continued_level(const struct numbering *numbering,
                              const struct mark *mark, bool step,
                              struct level *found)
{
    for (size_t depth = numbering->depth; depth-- > 0;) {
        const struct level *level = &numbering->levels[depth];
        enum mark_style style;
        unsigned value;

        for (int n = 0; n < 2; n++)
            if (reading(mark, n, &style, &value) && style == level->style &&
                mark->bracketed == level->bracketed &&
                (step ? value == level->value + 1 : value > level->value)) {
                *found = (struct level){.style = style, .value = value};
                return depth;
            }
    }
    return LEVELS_MAX;
}

/* Rule 3: put the item KEPT at its place below the paragraph at hand. */
static void enter_item(struct numbering *numbering, const struct kept *kept)
{
    const struct mark *mark = &kept->mark;
    struct level level = {.style = mark->style, .value = mark->value};
    size_t depth = continued_level(numbering, mark, true, &level);
    bool begins = mark->value == 1 || (mark->other && mark->other_value == 1);

    if (depth == LEVELS_MAX && !begins)
        depth = continued_level(numbering, mark, false, &level);
    if (depth == LEVELS_MAX) {
        if (mark->value != 1 && begins)
            level = (struct level){.style = mark->other, .value = 1};
        depth =
            numbering->depth < LEVELS_MAX ? numbering->depth : LEVELS_MAX - 1;
        /* One more list of the same style is another one of its level. */
        for (size_t i = 0; i < numbering->depth; i++)
            if (numbering->levels[i].style == level.style &&
                numbering->levels[i].bracketed == mark->bracketed)
                depth = i;
    }
    level.mark = mark_span(kept);
    level.bracketed = mark->bracketed;
    numbering->levels[depth] = level;
    numbering->depth = depth + 1;
}

/* Begin the label with KIND's letters and the number of the paragraph. */
static void begin_label(struct labeller *labeller, enum sort sort)
{
    const struct numbering *numbering = &labeller->numberings[sort];

    buffer_clear(&labeller->label);
    buffer_append_string(&labeller->label, sort_letters(sort));
    if (numbering->has_suffix) /* 14bis */
        for (size_t i = 0; i < numbering->suffix.length; i++) {
            char byte =
                labeller->structure->data.data[numbering->suffix.start + i];

            if (byte != ' ')
                buffer_append_byte(&labeller->label, byte);
        }
    else
        buffer_append_format(&labeller->label, "%u", numbering->number);
}

/* Whether KEPT has the number of a paragraph, not of an item in one. A quoted
 * number is the one of the text that is quoted, unless all is. */
static bool is_numbered(const struct kept *kept, bool all_quoted)
{
    return kept->mark.style == MARK_DECIMAL && !kept->mark.bracketed &&
           kept->level == 0 && (!kept->mark.quoted || all_quoted);
}

/* Label KEPT, of SORT, in its numbering: rules 1 to 4. */
static void label_numbered(struct labeller *labeller, struct kept *kept,
                           enum sort sort, bool all_quoted)
{
    struct numbering *numbering = &labeller->numberings[sort];
    bool numbered = numbering->own && is_numbered(kept, all_quoted);
    bool is_item = kept->mark.style != MARK_NONE && !numbered &&
                   kept->mark.style != MARK_DOTTED;
    bool counts = sort == SORT_PREAMBULAR || !numbering->own;

    if (numbered) {
        numbering->number = kept->mark.value;
        numbering->has_suffix = kept->mark.has_suffix;
        numbering->suffix = mark_span(kept);
        numbering->depth = 0;
    } else if (counts && (!is_item || numbering->number == 0)) {
        numbering->number++;
        numbering->depth = 0;
        is_item = false;
    }
    if (numbering->number > numbering->highest)
        numbering->highest = numbering->number;
    begin_label(labeller, sort);
    if (is_item) {
        enter_item(numbering, kept);
        for (size_t i = 0; i < numbering->depth; i++) {
            buffer_append_byte(&labeller->label, '(');
            append_span(labeller, numbering->levels[i].mark);
            buffer_append_byte(&labeller->label, ')');
        }
    }
    put_label(labeller, kept);
}

static void label_counted(struct labeller *labeller, struct kept *kept,
                          enum sort sort)
{
    buffer_clear(&labeller->label);
    buffer_append_format(&labeller->label, "%s%u", sort_letters(sort),
                         ++labeller->counts[sort]);
    put_label(labeller, kept);
}

/* The digit that the superscript at the start of TEXT is, -1 for none. */
static int superscript(struct bytes text, size_t *length)
{
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴",
                                         "⁵", "⁶", "⁷", "⁸", "⁹"};

    for (int digit = 0; digit < 10; digit++) {
        *length = strlen(digits[digit]);
        if (text.length >= *length &&
            memcmp(text.data, digits[digit], *length) == 0)
            return digit;
    }
    return -1;
}

/* Rule 6. */
static void label_footnote(struct labeller *labeller, struct kept *kept)
{
    struct bytes mark = span_of(&labeller->structure->data, kept->number);

    if (mark.length > MARK_BYTES)
        mark.length = 0;
    buffer_clear(&labeller->label);
    buffer_append_string(&labeller->label, sort_letters(SORT_FOOTNOTE));
    while (mark.length) {
        size_t length;
        int digit = superscript(mark, &length);

        if (digit >= 0) {
            buffer_append_byte(&labeller->label, (char)('0' + digit));
        } else {
            length = 1;
            if (!strchr("().", *mark.data))
                buffer_append_byte(&labeller->label, *mark.data);
        }
        mark.data += length;
        mark.length -= length;
    }
    put_label(labeller, kept);
}

/* Whether the numbers of the paragraphs of SORT among blocks FIRST to END run
 * on from 1: rule 2. */
static bool numbers_run_on(const struct structure *structure, size_t first,
                           size_t end, enum sort sort)
{
    unsigned next = 1;
    size_t n_numbered = 0, n_others = 0;

    for (size_t i = first; i < end; i++) {
        const struct kept *kept = &structure->blocks[i];

        if (kept->sort != sort)
            continue;
        if (is_numbered(kept, false)) {
            if (kept->mark.value != next && !kept->mark.has_suffix)
                return false;
            next = kept->mark.value + 1;
            n_numbered++;
        } else if (kept->mark.style == MARK_NONE) {
            n_others++;
        }
    }
    return n_numbered >= NUMBERED_MIN && n_numbered >= n_others;
}

/* Whether an operative paragraph of PART has a number; *ALL_QUOTED becomes
 * whether none has one outside of quotation marks. */
static bool has_numbers(const struct structure *structure,
                        const struct part *part, bool *all_quoted)
{
    bool found = false;

    *all_quoted = true;
    for (size_t i = part->first; i < part->end; i++) {
        const struct kept *kept = &structure->blocks[i];

        if (kept->sort != SORT_OPERATIVE || !is_numbered(kept, true))
            continue;
        found = true;
        if (!kept->mark.quoted)
            *all_quoted = false;
    }
    return found;
}

/* The end of the annex that begins at block I. */
static size_t annex_end(const struct structure *structure, size_t i, size_t end)
{
    do
        i++;
    while (i < end && !structure->blocks[i].begins_annex);
    return i;
}

/* An annex begins at block I: its numbering is its own, but where it is counted
 * the count goes on from the one before, so that it seldom needs rule 5. */
static void enter_annex(struct labeller *labeller, size_t i)
{
    struct numbering *numbering = &labeller->numberings[SORT_ANNEX];
    unsigned highest = numbering->highest;

    *numbering = (struct numbering){.number = highest, .highest = highest};
    numbering->own = numbers_run_on(
        labeller->structure, i,
        annex_end(labeller->structure, i, labeller->part->end), SORT_ANNEX);
    if (numbering->own)
        numbering->number = 0;
}

static void label_blocks(struct labeller *labeller)
{
    struct structure *structure = labeller->structure;
    const struct part *part = labeller->part;
    bool all_quoted;

    labeller->numberings[SORT_OPERATIVE].own =
        has_numbers(structure, part, &all_quoted);
    labeller->numberings[SORT_PARAGRAPH].own =
        numbers_run_on(structure, part->first, part->end, SORT_PARAGRAPH);
    for (size_t i = part->first; i < part->end; i++) {
        struct kept *kept = &structure->blocks[i];
        enum sort sort = kept->sort;

        if (kept->begins_annex)
            enter_annex(labeller, i);
        switch (sort) {
        case SORT_PREAMBULAR:
        case SORT_OPERATIVE:
            label_numbered(labeller, kept, sort, all_quoted);
            break;
        case SORT_ANNEX:
        case SORT_PARAGRAPH:
            if (labeller->numberings[sort].own || sort == SORT_ANNEX)
                label_numbered(labeller, kept, sort, false);
            else
                label_counted(labeller, kept, sort);
            break;
        case SORT_FOOTNOTE: label_footnote(labeller, kept); break;
        case SORT_NONE:
        case SORT_TITLE:
        case SORT_HEADING:
        case SORT_TABLE:
        case SORT_OTHER:
        case SORT_FURNITURE:
        case SORTS: label_counted(labeller, kept, sort); break;
        }
    }
}

enum status structure_find_labels(struct structure *structure,
                                  const struct part *part,
                                  struct failure *failure)
{
    struct labeller labeller = {.structure = structure, .part = part};

    if (taken_init(&labeller.taken, part->end - part->first))
        label_blocks(&labeller);
    else
        structure->labels.failed = true;
    taken_release(&labeller.taken);
    buffer_release(&labeller.label);
    return structure->labels.failed ? fail_memory(failure) : STATUS_OK;
}
