/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What control words of RTF mean, in tables of names. */
#include <config.h>

#include "src/document/foreign/rtf_reader.h"

#include "src/document/foreign/number_format.h"

#include <stdlib.h>

enum action {
    /* Where the text of the group goes. */
    TO_SKIP,
    TO_FONTS,
    TO_STYLES,
    TO_TITLE,
    TO_NUMBER,
    TO_CODE,
    UNICODE, /* stands in place of the group before, which is passed over */
    GO_ON,   /* a group that can be passed over, but should not */
    FIELD,
    RESULT,
    FURNITURE,
    BOX,
    NOTE,
    NOTE_MARK,
    /* Ends. */
    PARAGRAPH,
    CELL,
    ROW,
    NESTED_CELL,
    NESTED_ROW,
    /* Properties. */
    PARAGRAPH_DEFAULTS,
    TEXT_DEFAULTS,
    IN_TABLE,
    NESTING,
    STYLE,
    OUTLINE,
    LIST_LEVEL,
    IN_LIST,
    HIDDEN,
    RAISED,
    NOT_RAISED,
    FONT,
    SKIPPED,
    /* Of the document. */
    CODE_PAGE,
    MACINTOSH,
    DEFAULT_FONT,
    FOOTNOTE_FORMAT,
    ENDNOTE_FORMAT,
    /* Of an entry in a table. */
    CHARSET,
    FONT_CODE_PAGE,
    BASE,
    OTHER_STYLE,
    CHARACTER,
};

struct word {
    const char *name;
    enum action action;
    const char *text; /* of a CHARACTER */
    int value;
};

/* Sorted by name. */
static const struct word words[] = {
    {"aftncn", TO_SKIP, NULL, 0},
    {"aftnnalc", ENDNOTE_FORMAT, NULL, NUMBER_LOWER_LETTER},
    {"aftnnar", ENDNOTE_FORMAT, NULL, NUMBER_DECIMAL},
    {"aftnnauc", ENDNOTE_FORMAT, NULL, NUMBER_UPPER_LETTER},
    {"aftnnchi", ENDNOTE_FORMAT, NULL, NUMBER_CHICAGO},
    {"aftnnrlc", ENDNOTE_FORMAT, NULL, NUMBER_LOWER_ROMAN},
    {"aftnnruc", ENDNOTE_FORMAT, NULL, NUMBER_UPPER_ROMAN},
    {"aftnsep", TO_SKIP, NULL, 0},
    {"aftnsepc", TO_SKIP, NULL, 0},
    {"annotation", TO_SKIP, NULL, 0},
    {"ansicpg", CODE_PAGE, NULL, 0},
    {"atnauthor", TO_SKIP, NULL, 0},
    {"atnid", TO_SKIP, NULL, 0},
    {"bullet", CHARACTER, "\xE2\x80\xA2", 0},
    {"cell", CELL, NULL, 0},
    {"chftn", NOTE_MARK, NULL, 0},
    {"colortbl", TO_SKIP, NULL, 0},
    {"cpg", FONT_CODE_PAGE, NULL, 0},
    {"cs", OTHER_STYLE, NULL, 0},
    {"deff", DEFAULT_FONT, NULL, 0},
    {"deleted", HIDDEN, NULL, 1},
    {"ds", OTHER_STYLE, NULL, 0},
    {"emdash", CHARACTER, "\xE2\x80\x94", 0},
    {"emspace", CHARACTER, " ", 0},
    {"endash", CHARACTER, "\xE2\x80\x93", 0},
    {"enspace", CHARACTER, " ", 0},
    {"f", FONT, NULL, 0},
    {"fcharset", CHARSET, NULL, 0},
    {"field", FIELD, NULL, 0},
    {"filetbl", TO_SKIP, NULL, 0},
    {"fldinst", TO_CODE, NULL, 0},
    {"fldrslt", RESULT, NULL, 0},
    {"fonttbl", TO_FONTS, NULL, 0},
    {"footer", FURNITURE, NULL, 0},
    {"footerf", FURNITURE, NULL, 0},
    {"footerl", FURNITURE, NULL, 0},
    {"footerr", FURNITURE, NULL, 0},
    {"footnote", NOTE, NULL, 0},
    {"ftncn", TO_SKIP, NULL, 0},
    {"ftnnalc", FOOTNOTE_FORMAT, NULL, NUMBER_LOWER_LETTER},
    {"ftnnar", FOOTNOTE_FORMAT, NULL, NUMBER_DECIMAL},
    {"ftnnauc", FOOTNOTE_FORMAT, NULL, NUMBER_UPPER_LETTER},
    {"ftnnchi", FOOTNOTE_FORMAT, NULL, NUMBER_CHICAGO},
    {"ftnnrlc", FOOTNOTE_FORMAT, NULL, NUMBER_LOWER_ROMAN},
    {"ftnnruc", FOOTNOTE_FORMAT, NULL, NUMBER_UPPER_ROMAN},
    {"ftnsep", TO_SKIP, NULL, 0},
    {"ftnsepc", TO_SKIP, NULL, 0},
    {"header", FURNITURE, NULL, 0},
    {"headerf", FURNITURE, NULL, 0},
    {"headerl", FURNITURE, NULL, 0},
    {"headerr", FURNITURE, NULL, 0},
    {"ilvl", LIST_LEVEL, NULL, 0},
    {"info", TO_SKIP, NULL, 0},
    {"intbl", IN_TABLE, NULL, 0},
    {"itap", NESTING, NULL, 0},
    {"ldblquote", CHARACTER, "\xE2\x80\x9C", 0},
    {"line", CHARACTER, " ", 0},
    {"listtext", TO_NUMBER, NULL, 0},
    {"lquote", CHARACTER, "\xE2\x80\x98", 0},
    {"ls", IN_LIST, NULL, 0},
    {"mac", MACINTOSH, NULL, 10000},
    {"nestcell", NESTED_CELL, NULL, 0},
    {"nestrow", NESTED_ROW, NULL, 0},
    {"nesttableprops", GO_ON, NULL, 0},
    {"nonesttables", TO_SKIP, NULL, 0},
    {"nonshppict", TO_SKIP, NULL, 0},
    {"nosupersub", NOT_RAISED, NULL, 0},
    {"objclass", TO_SKIP, NULL, 0},
    {"objdata", TO_SKIP, NULL, 0},
    {"outlinelevel", OUTLINE, NULL, 0},
    {"page", CHARACTER, " ", 0},
    {"par", PARAGRAPH, NULL, 0},
    {"pard", PARAGRAPH_DEFAULTS, NULL, 0},
    {"pc", MACINTOSH, NULL, 437},
    {"pca", MACINTOSH, NULL, 850},
    {"pict", TO_SKIP, NULL, 0},
    {"plain", TEXT_DEFAULTS, NULL, 0},
    {"pntext", TO_NUMBER, NULL, 0},
    {"qmspace", CHARACTER, " ", 0},
    {"rdblquote", CHARACTER, "\xE2\x80\x9D", 0},
    {"result", GO_ON, NULL, 0},
    {"row", ROW, NULL, 0},
    {"rquote", CHARACTER, "\xE2\x80\x99", 0},
    {"rxe", TO_SKIP, NULL, 0},
    {"s", STYLE, NULL, 0},
    {"sbasedon", BASE, NULL, 0},
    {"sect", PARAGRAPH, NULL, 0},
    {"shpinst", GO_ON, NULL, 0},
    {"shptxt", BOX, NULL, 0},
    {"sp", TO_SKIP, NULL, 0},
    {"stylesheet", TO_STYLES, NULL, 0},
    {"super", RAISED, NULL, 1},
    {"tab", CHARACTER, " ", 0},
    {"tc", TO_SKIP, NULL, 0},
    {"tcn", TO_SKIP, NULL, 0},
    {"template", TO_SKIP, NULL, 0},
    {"title", TO_TITLE, NULL, 0},
    {"ts", OTHER_STYLE, NULL, 0},
    {"uc", SKIPPED, NULL, 0},
    {"ud", UNICODE, NULL, 0},
    {"up", RAISED, NULL, 1},
    {"upr", TO_SKIP, NULL, 0},
    {"v", HIDDEN, NULL, 1},
    {"xe", TO_SKIP, NULL, 0},
};

static int compare(const void *key, const void *word)
{
    return bytes_compare(*(const struct bytes *)key,
                         bytes_of(((const struct word *)word)->name));
}

/* Words that say where the text of the group at hand goes. */
static void set_destination(struct rtf_reader *reader, enum action action)
{
    struct rtf_group *group = rtf_group(reader);
    bool outer_title = action == TO_TITLE && reader->depth > 1 &&
                       group->destination == RTF_SKIP && !reader->has_facts;

    if (outer_title)
        group->destination = RTF_TITLE;
    if (action == UNICODE && reader->depth > 1)
        group->destination = group[-2].destination;
    if (group->destination == RTF_SKIP)
        return;
    switch ((int)action) {
    case TO_SKIP: group->destination = RTF_SKIP; break;
    case TO_FONTS: group->destination = RTF_FONTS; break;
    case TO_STYLES:
        group->destination = RTF_STYLES;
        group->entry = 0;
        break;
    case TO_NUMBER:
        group->destination = RTF_NUMBER;
        buffer_clear(&reader->number);
        break;
    case TO_CODE:
        group->destination = RTF_FIELD_CODE;
        buffer_clear(&reader->field);
        break;
    default: break;
    }
}

static bool code_is(const struct rtf_reader *reader, const char *name)
{
    struct bytes code = buffer_bytes(&reader->field);

    for (; code.length > 0 && *code.data == ' '; code.length--)
        code.data++;
    return bytes_begin_nocase(code, name);
}

/* Words that begin something in the body. */
static enum status begin(struct rtf_reader *reader, enum action action,
                         struct failure *failure)
{
    struct rtf_group *group = rtf_group(reader);

    switch ((int)action) {
    case FIELD: buffer_clear(&reader->field); break;
    case RESULT:
        if (code_is(reader, "TOC") || code_is(reader, "INDEX"))
            group->contents = true;
        if (code_is(reader, "NOTEREF"))
            group->refers = true;
        break;
    case FURNITURE: return rtf_begin_flow(reader, FLOW_FURNITURE, failure);
    case BOX: return rtf_begin_flow(reader, FLOW_BOX, failure);
    case NOTE: return rtf_begin_note(reader, failure);
    case NOTE_MARK: rtf_note_mark(reader); break;
    default: break;
    }
    return STATUS_OK;
}

static enum status end(struct rtf_reader *reader, enum action action,
                       struct failure *failure)
{
    int nesting = rtf_group(reader)->nesting;

    if (nesting < 2)
        nesting = 2;
    if (nesting > 64)
        nesting = 64;
    switch ((int)action) {
    case CELL: return rtf_end_cell(reader, 1, false, failure);
    case ROW: return rtf_end_cell(reader, 1, true, failure);
    case NESTED_CELL: return rtf_end_cell(reader, nesting, false, failure);
    case NESTED_ROW: return rtf_end_cell(reader, nesting, true, failure);
    default: return rtf_end_paragraph(reader, failure);
    }
}

/* Properties of paragraphs and of text. ON is whether one that switches is not
 * switched off. */
static void set_property(struct rtf_reader *reader, enum action action,
                         long number, bool on)
{
    struct rtf_group *group = rtf_group(reader);

    switch ((int)action) {
    case PARAGRAPH_DEFAULTS:
        group->style = group->outline = 0;
        group->in_table = false;
        group->nesting = 0;
        group->list_depth = 0;
        break;
    case TEXT_DEFAULTS:
        group->hidden = group->raised = false;
        group->font = reader->default_font;
        break;
    case IN_TABLE: group->in_table = true; break;
    case NESTING: group->nesting = (int)number; break;
    case LIST_LEVEL:
        group->list_depth =
            number >= 0 && number < 9 ? (unsigned)number + 1 : 1;
        break;
    case IN_LIST:
        if (group->list_depth == 0)
            group->list_depth = number > 0;
        break;
    case HIDDEN: group->hidden = on; break;
    case RAISED: group->raised = on; break;
    case NOT_RAISED: group->raised = false; break;
    case SKIPPED:
        group->skipped = number >= 0 && number < 100 ? number : 1;
        break;
    default: break;
    }
}

/* Words that mean one thing in a table of fonts or styles and another, or
 * nothing, in the text. */
static void set_entry(struct rtf_reader *reader, enum action action,
                      long number)
{
    struct rtf_group *group = rtf_group(reader);
    bool fonts = group->destination == RTF_FONTS;
    bool styles = group->destination == RTF_STYLES;
    struct rtf_entry *entry = NULL;

    if (action == FONT && !fonts)
        group->font = number;
    else if (action == STYLE && !styles)
        group->style = number;
    else if (action == OUTLINE && !styles)
        group->outline = number >= 0 && number <= 9 ? number + 1 : 0;
    else if (action == FONT || action == STYLE)
        group->entry = number;
    else if (action == OTHER_STYLE && styles)
        group->entry = -1;
    if (fonts || styles)
        entry = rtf_table_make(fonts ? &reader->fonts : &reader->styles,
                               group->entry);
    if (!entry)
        return;
    if (action == CHARSET)
        entry->code_page = rtf_charset_code_page(number);
    else if (action == FONT_CODE_PAGE && number > 0)
        entry->code_page = number;
    else if (action == OUTLINE)
        entry->outline = number >= 0 && number <= 9 ? number + 1 : 0;
    else if (action == BASE)
        entry->base = number >= 0 && number < RTF_MAX_ENTRIES ? number + 1 : 0;
}

static void set_document(struct rtf_reader *reader, const struct word *word,
                         long number)
{
    switch ((int)word->action) {
    case CODE_PAGE:
        if (number > 0)
            reader->code_page = number;
        break;
    case MACINTOSH: reader->code_page = word->value; break;
    case DEFAULT_FONT:
        reader->default_font = number;
        rtf_group(reader)->font = number;
        break;
    case FOOTNOTE_FORMAT: reader->note_format[0] = word->value; break;
    case ENDNOTE_FORMAT: reader->note_format[1] = word->value; break;
    default: break;
    }
}

enum status rtf_word(struct rtf_reader *reader, const struct rtf_token *token,
                     bool starred, struct failure *failure)
{
    const struct word *word =
        bsearch(&token->text, words, sizeof words / sizeof *words,
                sizeof *words, compare);
    bool on = !token->has_number || token->number != 0;

    if (!word) {
        if (starred)
            set_destination(reader, TO_SKIP);
        return STATUS_OK;
    }
    if (word->action == CHARACTER)
        rtf_put(reader, word->text);
    else if (word->action <= GO_ON)
        set_destination(reader, word->action);
    else if (word->action <= NOTE_MARK)
        return begin(reader, word->action, failure);
    else if (word->action <= NESTED_ROW)
        return end(reader, word->action, failure);
    else if (word->action >= CHARSET || word->action == FONT ||
             word->action == STYLE || word->action == OUTLINE)
        set_entry(reader, word->action, token->number);
    else if (word->action >= CODE_PAGE)
        set_document(reader, word, token->number);
    else
        set_property(reader, word->action, token->number, on);
    return STATUS_OK;
}
