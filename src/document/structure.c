/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The blocks of a file, kept until all have come, and then given as
 * paragraphs. Their texts and places are in one buffer each, so that a file of
 * many blocks costs few allocations. */
#include <config.h>

#include "src/document/structure.h"

#include "src/document/structure_parts.h"
#include "src/text/detect.h"

#include <stdlib.h>

/* Append STRING to .data; failure is sticky there. */
static struct span keep(struct structure *structure, struct bytes string)
{
    struct span span = {structure->data.length, string.length};

    buffer_append(&structure->data, string.data, string.length);
    return span;
}

static enum block_name block_name(struct bytes name)
{
    static const struct {
        const char *string;
        enum block_name name;
    } names[] = {
        {"preamble", NAME_PREAMBLE},   {"operative", NAME_OPERATIVE},
        {"annex", NAME_ANNEX},         {"formula", NAME_FORMULA},
        {"signature", NAME_SIGNATURE},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bytes_equal(name, bytes_of(names[i].string)))
            return names[i].name;
    return NAME_NONE;
}

/* Copy the places of BLOCK to KEPT, whose text has OFFSET bytes in front. */
static bool keep_places(struct structure *structure, const struct block *block,
                        size_t offset, struct kept *kept)
{
    if (block->n_places > SIZE_MAX - structure->n_places ||
        !array_grow(&structure->places, &structure->places_capacity,
                    structure->n_places + block->n_places,
                    sizeof *structure->places))
        return false;
    kept->first_place = structure->n_places;
    kept->n_places = block->n_places;
    kept->unit = block->unit;
    for (size_t i = 0; i < block->n_places; i++) {
        struct place *place = &structure->places[structure->n_places++];

        *place = block->places[i];
        place->text += offset;
    }
    return true;
}

/* The document that blocks are added to; the first one begins by itself. */
static struct part *current_part(struct structure *structure, bool new)
{
    struct part *part;

    if (!new && structure->n_parts > 0)
        return &structure->parts[structure->n_parts - 1];
    if (!array_grow(&structure->parts, &structure->parts_capacity,
                    structure->n_parts + 1, sizeof *structure->parts))
        return NULL;
    part = &structure->parts[structure->n_parts++];
    *part =
        (struct part){.first = structure->n_blocks, .end = structure->n_blocks};
    return part;
}

static enum status receive_document(void *context,
                                    const struct document_facts *facts,
                                    struct failure *failure)
{
    struct structure *structure = context;
    struct part *part = current_part(structure, true);

    if (!part)
        return fail_memory(failure);
    part->symbol = keep(structure, facts->symbol);
    part->title = keep(structure, facts->title);
    part->date = keep(structure, facts->date);
    part->language = keep(structure, facts->language);
    part->body = keep(structure, facts->body);
    return structure->data.failed ? fail_memory(failure) : STATUS_OK;
}

/* A paragraph has its number in its text, as its author wrote it. */
static enum status receive_block(void *context, const struct block *block,
                                 struct failure *failure)
{
    struct structure *structure = context;
    struct part *part = current_part(structure, false);
    bool in_text = block->number.length && block->role != BLOCK_FOOTNOTE;
    size_t offset = in_text ? block->number.length + 1 : 0;
    struct kept *kept;

    if (block->text.length == 0)
        return STATUS_OK;
    if (!part ||
        !array_grow(&structure->blocks, &structure->blocks_capacity,
                    structure->n_blocks + 1, sizeof *structure->blocks))
        return fail_memory(failure);
    kept = &structure->blocks[structure->n_blocks];
    *kept = (struct kept){.role = block->role,
                          .name = block_name(block->name),
                          .level = block->level};
    if (!keep_places(structure, block, offset, kept))
        return fail_memory(failure);
    kept->number = keep(structure, block->number);
    if (in_text) {
        buffer_append_byte(&structure->data, ' ');
        kept->text.start = kept->number.start;
    } else {
        kept->text.start = structure->data.length;
    }
    keep(structure, block->text);
    if (structure->data.failed)
        return fail_memory(failure);
    kept->text.length = structure->data.length - kept->text.start;
    part->end = ++structure->n_blocks;
    return STATUS_OK;
}

enum status structure_new(const char *path,
                          const struct document_options *options,
                          struct structure **structure, struct failure *failure)
{
    struct structure *new = calloc(1, sizeof *new);

    *structure = NULL;
    if (!new)
        return fail_memory(failure);
    new->receiver =
        (struct block_receiver){receive_document, receive_block, new};
    new->path = keep(new, bytes_of(path));
    new->detector = options->detector;
    if (options->language)
        new->language = keep(new, bytes_of(options->language));
    if (new->data.failed) {
        structure_free(new);
        return fail_memory(failure);
    }
    *structure = new;
    return STATUS_OK;
}

void structure_free(struct structure *structure)
{
    if (!structure)
        return;
    buffer_release(&structure->labels);
    free(structure->parts);
    free(structure->places);
    free(structure->blocks);
    buffer_release(&structure->data);
    free(structure);
}

const struct block_receiver *structure_receiver(struct structure *structure)
{
    return &structure->receiver;
}

/* The text of a block of a part, for the detection of its language. */
struct part_texts {
    const struct structure *structure;
    const struct part *part;
};

static struct bytes part_text(const void *context, size_t i)
{
    const struct part_texts *texts = context;
    const struct structure *structure = texts->structure;

    return kept_text(structure, &structure->blocks[texts->part->first + i]);
}

/* The language of PART: what the file says, else what the caller does, else
 * what its text is in, else what BEFORE is, the language of the part before. */
static struct bytes document_language(const struct structure *structure,
                                      const struct part *part,
                                      struct detector *detector,
                                      struct bytes before)
{
    const struct part_texts texts = {structure, part};
    struct span said =
        part->language.length ? part->language : structure->language;
    const struct language *found;

    if (said.length)
        return span_of(&structure->data, said);
    found =
        detector_sample(detector, part->end - part->first, part_text, &texts);
    return found ? bytes_of(found->code) : before;
}

/* The headings above KEPT: of a heading, those outside of it; of what stands
 * beside or after the text (the meeting), none. */
static struct bytes heading_above(const struct headings *headings,
                                  const struct kept *kept)
{
    struct bytes above = buffer_bytes(&headings->text);

    if (kept->sort == SORT_HEADING)
        above.length = headings->above_length;
    else if (kept->sort == SORT_OTHER || kept->sort == SORT_FURNITURE)
        above.length = 0;
    return above;
}

static enum status give_part(const struct structure *structure,
                             const struct part *part, struct bytes language,
                             struct headings *headings,
                             paragraph_receiver receive, void *context,
                             struct failure *failure)
{
    const struct buffer *data = &structure->data;
    struct paragraph paragraph = {
        .document =
            span_of(data, part->symbol.length ? part->symbol : structure->path),
        .title = span_of(data, part->title),
        .date = span_of(data, part->date),
        .path = span_of(data, structure->path),
        .language = language,
    };
    enum status status = STATUS_OK;

    headings_clear(headings);
    for (size_t i = part->first; i < part->end && status == STATUS_OK; i++) {
        const struct kept *kept = &structure->blocks[i];

        if (kept->sort == SORT_HEADING)
            headings_enter(headings, structure, kept);
        if (headings->text.failed)
            return fail_memory(failure);
        paragraph.heading = heading_above(headings, kept);
        paragraph.label = span_of(&structure->labels, kept->label);
        paragraph.kind = bytes_of(sort_name(kept->sort));
        paragraph.text = kept_text(structure, kept);
        paragraph.places =
            kept->n_places ? structure->places + kept->first_place : NULL;
        paragraph.n_places = kept->n_places;
        paragraph.unit = kept->unit;
        if (paragraph.ordinal == UINT32_MAX)
            return fail(failure, STATUS_LIMIT, "too many paragraphs");
        paragraph.ordinal++;
        status = receive(context, &paragraph, failure);
    }
    return status;
}

enum status structure_finish(struct structure *structure,
                             paragraph_receiver receive, void *context,
                             struct failure *failure)
{
    struct headings headings = {.text = BUFFER_EMPTY};
    struct bytes language = bytes_of(LANGUAGE_DEFAULT);
    struct detector *detector = structure->detector, *own = NULL;
    enum status status = STATUS_OK;

    if (!detector) {
        status = detector_new(&own, failure);
        detector = own;
    }
    structure_read_marks(structure);
    if (status == STATUS_OK)
        status = structure_find_documents(structure, failure);
    for (size_t i = 0; i < structure->n_parts && status == STATUS_OK; i++) {
        structure_find_kinds(structure, &structure->parts[i]);
        status =
            structure_find_labels(structure, &structure->parts[i], failure);
    }
    for (size_t i = 0; i < structure->n_parts && status == STATUS_OK; i++) {
        const struct part *part = &structure->parts[i];

        language = document_language(structure, part, detector, language);
        status = give_part(structure, part, language, &headings, receive,
                           context, failure);
    }
    detector_free(own);
    headings_release(&headings);
    return status;
}
