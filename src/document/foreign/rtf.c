/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rich Text Format, by a reader of our own: tokens, groups on an explicit
 * stack, and text to where the group at hand says. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "src/document/characters.h"
#include "src/document/foreign/facts.h"
#include "src/document/foreign/number_format.h"
#include "src/document/foreign/rtf_reader.h"
#include "src/document/foreign/symbol.h"
#include "src/text/utf8.h"

#include <stdlib.h>

void rtf_put(struct rtf_reader *reader, const char *character)
{
    char32_t code;

    utf8_decode(character, strlen(character), &code);
    rtf_decoder_unit(&reader->decoder, code);
}

/* Facts come before all blocks; the title stands at the start of the file. */
static enum status give_facts(struct rtf_reader *reader,
                              struct failure *failure)
{
    struct document_facts facts = {{0}, {0}, {0}, {0}, {0}};

    if (reader->has_facts)
        return STATUS_OK;
    reader->has_facts = true;
    facts.title = facts_title(buffer_bytes(&reader->title));
    return reader->receiver->document(reader->receiver->context, &facts,
                                      failure);
}

/* Open and close tables until as many are open as the text at hand is in. */
static enum status enter_tables(struct rtf_reader *reader, int wanted,
                                struct failure *failure)
{
    enum status status = STATUS_OK;

    for (; reader->tables < wanted && status == STATUS_OK; reader->tables++)
        status = composer_begin(reader->composer, FLOW_TABLE, (struct bytes){0},
                                failure);
    for (; reader->tables > wanted && status == STATUS_OK; reader->tables--)
        status = composer_end(reader->composer, failure);
    return status;
}

static int tables_wanted(const struct rtf_group *group)
{
    if (!group->in_table)
        return 0;
    return group->nesting < 1 ? 1 : group->nesting > 64 ? 64 : group->nesting;
}

/* Raised text was no mark of a note that begins here: it is text, unless it is
 * the mark at the start of a note, or refers again to one. */
static void release_held(struct rtf_reader *reader)
{
    bool own_mark =
        reader->in_note_start &&
        bytes_equal(buffer_bytes(&reader->held), buffer_bytes(&reader->mark));

    if (reader->held.length > 0 && !own_mark &&
        !composer_refers_again(reader->composer, buffer_bytes(&reader->held)))
        composer_text(reader->composer, buffer_bytes(&reader->held));
    if (reader->held.length > 0)
        reader->in_note_start = false;
    buffer_clear(&reader->held);
}

/* TEXT stands in the body. */
static enum status put_body(struct rtf_reader *reader, struct bytes text,
                            struct failure *failure)
{
    const struct rtf_group *group = rtf_group(reader);
    enum status status = give_facts(reader, failure);

    if (status == STATUS_OK)
        status = enter_tables(reader, tables_wanted(group), failure);
    if (status != STATUS_OK || (group->refers && group->raised))
        return status;
    if (group->hidden) {
        composer_hidden(reader->composer, text);
    } else if (group->raised && reader->held.length + text.length < 16) {
        buffer_append(&reader->held, text.data, text.length);
    } else {
        release_held(reader);
        composer_text(reader->composer, text);
        if (composer_so_far(reader->composer).length > 0)
            reader->in_note_start = false;
    }
    return reader->held.failed ? fail_memory(failure) : STATUS_OK;
}

/* Hand on all text that has come. To be called before anything changes. */
static enum status flush(struct rtf_reader *reader, struct failure *failure)
{
    struct rtf_group *group = rtf_group(reader);
    struct bytes text = rtf_decoder_take(&reader->decoder);
    enum status status = STATUS_OK;
    struct rtf_entry *entry = NULL;

    if (reader->decoder.text.failed)
        return fail_memory(failure);
    if (text.length == 0)
        return STATUS_OK;
    switch (group->destination) {
    case RTF_BODY: status = put_body(reader, text, failure); break;
    case RTF_SKIP: break;
    case RTF_FONTS: entry = rtf_table_make(&reader->fonts, group->entry); break;
    case RTF_STYLES:
        entry = rtf_table_make(&reader->styles, group->entry);
        break;
    case RTF_TITLE:
        buffer_append(&reader->title, text.data, text.length);
        break;
    case RTF_NUMBER:
        buffer_append(&reader->number, text.data, text.length);
        break;
    case RTF_FIELD_CODE:
        buffer_append(&reader->field, text.data, text.length);
        break;
    }
    if (entry)
        rtf_entry_name(entry, text);
    buffer_clear(&reader->decoder.text);
    if (reader->title.failed || reader->number.failed || reader->field.failed)
        return fail_memory(failure);
    return status;
}

/* Whether the number that stands before a list item says anything: a bullet,
 * which may be the letter o, does not. */
static bool is_number(struct bytes text)
{
    bool circle = text.length > 0 && text.data[0] == 'o' &&
                  (text.length == 1 || text.data[1] == ' ');

    return has_letter_or_digit(text) && !circle;
}

/* What ends now is a paragraph with what it was said to be. */
static enum status end_text(struct rtf_reader *reader, struct failure *failure)
{
    const struct rtf_group *group = rtf_group(reader);
    unsigned level;
    enum block_role role =
        rtf_style_role(&reader->styles, group->style, &level);
    struct bytes number = buffer_bytes(&reader->number);
    enum status status;

    if (role == BLOCK_TEXT && group->outline > 0 && group->outline < 10) {
        role = BLOCK_HEADING;
        level = (unsigned)group->outline;
    }
    if (group->contents && role != BLOCK_HEADING)
        role = BLOCK_FURNITURE;
    if (role == BLOCK_TEXT)
        level = group->list_depth;
    if (role == BLOCK_FURNITURE || role == BLOCK_TITLE)
        level = 0;
    if (!is_number(number))
        number.length = 0;
    release_held(reader);
    status = composer_paragraph(reader->composer, role, level, number, failure);
    buffer_clear(&reader->number);
    return status;
}

enum status rtf_end_paragraph(struct rtf_reader *reader,
                              struct failure *failure)
{
    enum status status = STATUS_OK;

    if (rtf_group(reader)->destination != RTF_BODY)
        return STATUS_OK;
    status = give_facts(reader, failure);
    if (status == STATUS_OK)
        status =
            enter_tables(reader, tables_wanted(rtf_group(reader)), failure);
    return status == STATUS_OK ? end_text(reader, failure) : status;
}

enum status rtf_end_cell(struct rtf_reader *reader, int nesting, bool row,
                         struct failure *failure)
{
    enum status status = STATUS_OK;

    if (rtf_group(reader)->destination != RTF_BODY)
        return STATUS_OK;
    status = give_facts(reader, failure);
    if (status == STATUS_OK)
        status = enter_tables(reader, nesting, failure);
    if (status == STATUS_OK)
        status = end_text(reader, failure);
    if (status == STATUS_OK)
        status = row ? composer_row(reader->composer, failure)
                     : composer_cell(reader->composer, failure);
    return status;
}

/* The number of a paragraph around the flow is kept, of one in it is not. */
enum status rtf_begin_flow(struct rtf_reader *reader, enum flow flow,
                           struct failure *failure)
{
    struct rtf_group *group = rtf_group(reader);
    enum status status = give_facts(reader, failure);

    if (group->destination != RTF_BODY || group->begun ||
        composer_inside(reader->composer, FLOW_NOTE)) {
        return status;
    }
    if (status == STATUS_OK && flow != FLOW_FURNITURE)
        status = enter_tables(reader, tables_wanted(group), failure);
    if (flow != FLOW_NOTE)
        release_held(reader);
    if (status == STATUS_OK)
        status = composer_begin(reader->composer, flow,
                                flow == FLOW_NOTE ? buffer_bytes(&reader->mark)
                                                  : (struct bytes){0},
                                failure);
    if (status != STATUS_OK)
        return status;
    group->begun = true;
    group->tables = reader->tables;
    group->in_table = group->hidden = group->raised = false;
    reader->tables = 0;
    return STATUS_OK;
}

/* Whether the note that begins is an endnote: the next word says so. */
static bool is_endnote(const struct rtf_reader *reader)
{
    struct rtf_lexer ahead = reader->lexer;
    struct rtf_token token = rtf_next(&ahead);

    return rtf_is_word(&token, "ftnalt");
}

enum status rtf_begin_note(struct rtf_reader *reader, struct failure *failure)
{
    int kind = is_endnote(reader);
    enum status status;

    if (composer_inside(reader->composer, FLOW_NOTE) ||
        rtf_group(reader)->destination != RTF_BODY)
        return STATUS_OK;
    buffer_clear(&reader->mark);
    if (reader->has_mark)
        number_append(&reader->mark,
                      (enum number_format)reader->note_format[kind],
                      ++reader->n_notes[kind]);
    else
        buffer_append(&reader->mark, reader->held.data, reader->held.length);
    if (reader->has_mark)
        release_held(reader);
    reader->has_mark = false;
    buffer_clear(&reader->held);
    if (reader->mark.failed)
        return fail_memory(failure);
    status = rtf_begin_flow(reader, FLOW_NOTE, failure);
    reader->in_note_start = true;
    return status;
}

void rtf_note_mark(struct rtf_reader *reader)
{
    if (rtf_group(reader)->destination == RTF_BODY &&
        !composer_inside(reader->composer, FLOW_NOTE))
        reader->has_mark = true;
}

static enum status open_group(struct rtf_reader *reader,
                              struct failure *failure)
{
    if (reader->depth + 1 >= RTF_MAX_DEPTH)
        return fail(failure, STATUS_LIMIT, "%s: is nested too deeply",
                    reader->name);
    if (!array_grow(&reader->groups, &reader->capacity, reader->depth + 2,
                    sizeof *reader->groups))
        return fail_memory(failure);
    reader->groups[reader->depth + 1] = reader->groups[reader->depth];
    reader->depth++;
    rtf_group(reader)->begun = false;
    return STATUS_OK;
}

static enum status close_group(struct rtf_reader *reader,
                               struct failure *failure)
{
    const struct rtf_group *group = rtf_group(reader);
    enum status status = STATUS_OK;

    if (group->begun) {
        release_held(reader);
        status = enter_tables(reader, 0, failure);
        if (status == STATUS_OK)
            status = composer_end(reader->composer, failure);
        reader->tables = group->tables;
        reader->in_note_start = false;
    }
    if (reader->depth > 0)
        reader->depth--;
    return status;
}

/* Bytes of text, of which those that stand for a \u before are passed over. */
static void put_bytes(struct rtf_reader *reader, struct bytes bytes)
{
    const struct rtf_group *group = rtf_group(reader);
    const struct rtf_entry *font = rtf_table_find(&reader->fonts, group->font);
    long code_page =
        font && font->code_page ? font->code_page : reader->code_page;
    size_t i;

    while (reader->to_skip > 0 && bytes.length > 0) {
        reader->to_skip--;
        bytes.data++;
        bytes.length--;
    }
    if (code_page > 0 || group->destination != RTF_BODY) {
        rtf_decoder_bytes(&reader->decoder,
                          code_page > 0 ? code_page : reader->code_page, bytes);
        return;
    }
    for (i = 0; i < bytes.length; i++) {
        char32_t character =
            symbol_character((struct bytes){font->name, font->name_length},
                             (unsigned char)bytes.data[i]);

        rtf_decoder_unit(&reader->decoder, character > 0 ? character : ' ');
    }
}

static void put_unit(struct rtf_reader *reader, long number)
{
    const struct rtf_entry *font =
        rtf_table_find(&reader->fonts, rtf_group(reader)->font);
    char32_t unit = (char32_t)number & 0xFFFF;

    if (unit >= 0xF000 && unit <= 0xF0FF && font)
        unit = symbol_character((struct bytes){font->name, font->name_length},
                                (unsigned)unit);
    if (unit > 0)
        rtf_decoder_unit(&reader->decoder, unit);
    reader->to_skip = rtf_group(reader)->skipped;
}

static enum status read_symbol(struct rtf_reader *reader, char symbol,
                               struct failure *failure)
{
    enum status status = STATUS_OK;

    switch (symbol) {
    case '\\':
    case '{':
    case '}':
        rtf_decoder_bytes(&reader->decoder, reader->code_page,
                          (struct bytes){&symbol, 1});
        break;
    case '~': rtf_put(reader, " "); break;
    case '_': rtf_put(reader, "-"); break;
    case '\r':
    case '\n':
        status = flush(reader, failure);
        if (status == STATUS_OK)
            status = rtf_end_paragraph(reader, failure);
        break;
    default: break;
    }
    return status;
}

/* All but text; what has come of that is handed on first. */
static enum status read_control(struct rtf_reader *reader,
                                const struct rtf_token *token, bool starred,
                                struct failure *failure)
{
    enum status status = flush(reader, failure);

    reader->to_skip = 0;
    if (status != STATUS_OK)
        return status;
    if (token->kind == RTF_OPEN)
        return open_group(reader, failure);
    if (token->kind == RTF_CLOSE)
        return close_group(reader, failure);
    return rtf_word(reader, token, starred, failure);
}

static enum status read_tokens(struct rtf_reader *reader,
                               struct failure *failure)
{
    enum status status = STATUS_OK;
    bool starred = false;

    while (status == STATUS_OK) {
        struct rtf_token token = rtf_next(&reader->lexer);
        char byte = (char)token.number;

        if (token.kind == RTF_END)
            break;
        if (token.kind == RTF_TEXT)
            put_bytes(reader, token.text);
        else if (token.kind == RTF_BYTE)
            put_bytes(reader, (struct bytes){&byte, 1});
        else if (rtf_is_word(&token, "u") && token.has_number)
            put_unit(reader, token.number);
        else if (token.kind == RTF_SYMBOL && reader->to_skip > 0)
            reader->to_skip--;
        else if (token.kind == RTF_SYMBOL)
            status = read_symbol(reader, token.text.data[0], failure);
        else
            status = read_control(reader, &token, starred, failure);
        starred = token.kind == RTF_SYMBOL && token.text.data[0] == '*';
        if (token.kind == RTF_CLOSE && reader->depth == 0)
            break;
    }
    return status;
}

static enum status finish(struct rtf_reader *reader, struct failure *failure)
{
    enum status status = flush(reader, failure);
    bool ends_early = reader->depth > 1;

    while (status == STATUS_OK && reader->depth > 0)
        status = close_group(reader, failure);
    if (status == STATUS_OK)
        status = give_facts(reader, failure);
    if (status == STATUS_OK) {
        release_held(reader);
        status = composer_finish(reader->composer, failure);
    }
    if (status == STATUS_OK && ends_early)
        status = fail(failure, STATUS_INPUT, "%s: is damaged: it ends early",
                      reader->name);
    return status;
}

static void release(struct rtf_reader *reader)
{
    composer_free(reader->composer);
    free(reader->groups);
    rtf_table_release(&reader->fonts);
    rtf_table_release(&reader->styles);
    rtf_decoder_release(&reader->decoder);
    buffer_release(&reader->title);
    buffer_release(&reader->number);
    buffer_release(&reader->field);
    buffer_release(&reader->held);
    buffer_release(&reader->mark);
}

enum status rtf_blocks(struct bytes content, const char *name,
                       const struct block_receiver *receiver,
                       struct failure *failure)
{
    struct rtf_reader reader = {
        .name = name,
        .receiver = receiver,
        .lexer = {content},
        .code_page = 1252,
        .note_format = {NUMBER_DECIMAL, NUMBER_LOWER_ROMAN},
    };
    enum status status = STATUS_OK;

    if (content.length < 5 || memcmp(content.data, "{\\rtf", 5) != 0)
        return fail(failure, STATUS_INPUT, "%s: is no RTF", name);
    if (!array_grow(&reader.groups, &reader.capacity, 1, sizeof *reader.groups))
        return fail_memory(failure);
    reader.groups[0] = (struct rtf_group){.skipped = 1};
    status = composer_new(name, receiver, &reader.composer, failure);
    if (status == STATUS_OK)
        status = read_tokens(&reader, failure);
    if (status == STATUS_OK)
        status = finish(&reader, failure);
    release(&reader);
    return status;
}
