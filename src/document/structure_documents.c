/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where documents begin in a file.
 *
 *   1. A document begins where the reader says so.
 *   2. One begins at a line that numbers a resolution ("2004/20", "59/153.
 *      Strengthening …") if the opening line of a resolution follows ("The
 *      General Assembly,"), with nothing between them but titles, and
 *      running text of another document before. What else stands above such
 *      a title ("Resolution adopted by … on …", "[on the report of …]",
 *      "Resolution") begins with it. */
#include <config.h>

#include "src/document/structure_parts.h"

#include <stdlib.h>

bool is_front(const struct structure *structure, size_t i)
{
    const struct kept *kept = &structure->blocks[i];

    if (!is_running(kept))
        return true;
    return kept->formula == BODY_NONE && kept->text.length <= TITLE_BYTES &&
           (kept->ending == ENDS_OPEN ||
            (kept->ending == ENDS_STOP && kept->text.length <= STOP_BYTES)) &&
           kept->name != NAME_SIGNATURE && kept->name != NAME_OPERATIVE &&
           !(kept->mark.style == MARK_DECIMAL && kept->ending != ENDS_OPEN);
}

bool is_masthead(const struct structure *structure, const struct kept *kept)
{
    struct bytes text = kept_text(structure, kept);
    struct date date;

    return is_running(kept) && kept->text.length <= STOP_BYTES &&
           (name_distribution(text) || symbol_whole(text).length > 0 ||
            name_organization(text) > 0 || date_is_all(text, &date));
}

bool is_numbering(const struct structure *structure, size_t i,
                  struct symbol_line *line)
{
    const struct kept *kept = &structure->blocks[i];

    return is_running(kept) && is_front(structure, i) &&
           symbol_line_read(kept_text(structure, kept), line);
}

/* Whether block I, above the number of a resolution, belongs to it. */
static bool is_above_number(const struct structure *structure, size_t i)
{
    const struct kept *kept = &structure->blocks[i];
    struct bytes text = kept_text(structure, kept);
    struct date date;

    if (!is_running(kept) || !is_front(structure, i) || name_meeting(text) ||
        date_is_all(text, &date))
        return false;
    return text.data[0] == '[' || date_find(text, &date) ||
           name_distribution(text) || name_organization(text) > 0 ||
           kept->role == BLOCK_TITLE ||
           (kept->ending == ENDS_OPEN && kept->text.length <= 40 &&
            memchr(text.data, ' ', text.length) == NULL); /* "Resolution" */
}

/* The first block of the resolution whose opening line is block FORMULA, not
 * before FIRST; FORMULA itself if it has no number. */
static size_t find_start(const struct structure *structure, size_t first,
                         size_t formula)
{
    size_t limit =
        formula - first > FRONT_BLOCKS ? formula - FRONT_BLOCKS : first;
    size_t start = formula, i = formula;
    struct symbol_line line;

    while (i > limit && is_front(structure, i - 1)) {
        i--;
        if (is_numbering(structure, i, &line)) {
            start = i;
            break;
        }
    }
    if (start < formula)
        while (start > limit && is_above_number(structure, start - 1))
            start--;
    return start;
}

/* Whether blocks FIRST to END have text of a document, and not only what
 * stands in front of one. */
static bool has_content(const struct structure *structure, size_t first,
                        size_t end)
{
    for (size_t i = first; i < end; i++)
        if (structure->blocks[i].formula || !is_front(structure, i))
            return true;
    return false;
}

static struct part *add_part(struct structure *structure)
{
    if (!array_grow(&structure->parts, &structure->parts_capacity,
                    structure->n_parts + 1, sizeof *structure->parts))
        return NULL;
    structure->parts[structure->n_parts] = (struct part){0};
    return &structure->parts[structure->n_parts++];
}

/* Append to .parts the documents in blocks FIRST to END, of which the reader
 * says FACTS. */
static enum status divide(struct structure *structure, const struct part *facts,
                          struct failure *failure)
{
    size_t first = facts->first, content_from = first;
    bool content = false;
    struct part *part = add_part(structure);

    if (!part)
        return fail_memory(failure);
    *part = *facts;
    for (size_t i = first; i < facts->end; i++) {
        const struct kept *kept = &structure->blocks[i];
        size_t start;

        if (kept->formula == BODY_NONE || kept->formula_quoted)
            continue;
        start = find_start(structure, first, i);
        /* Each block is looked at once, however many lines are openings. */
        if (!content && start > content_from)
            content = has_content(structure, content_from, start);
        content_from = i;
        if (start == i || !content) {
            content = true;
            continue;
        }
        structure->parts[structure->n_parts - 1].end = start;
        part = add_part(structure);
        if (!part)
            return fail_memory(failure);
        part->first = first = start;
        part->end = facts->end;
        part->language = facts->language;
    }
    return STATUS_OK;
}

enum status structure_find_documents(struct structure *structure,
                                     struct failure *failure)
{
    struct part *given = structure->parts;
    size_t n_given = structure->n_parts;
    enum status status = STATUS_OK;

    structure->parts = NULL;
    structure->n_parts = structure->parts_capacity = 0;
    for (size_t i = 0; i < n_given && status == STATUS_OK; i++)
        status = divide(structure, &given[i], failure);
    free(given);
    for (size_t i = 0; i < structure->n_parts && status == STATUS_OK; i++)
        structure_find_facts(structure, &structure->parts[i]);
    if (status == STATUS_OK && structure->data.failed)
        status = fail_memory(failure);
    return status;
}
