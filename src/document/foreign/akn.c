/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Akoma Ntoso 3.0 (OASIS LegalDocML) to blocks, with an eye on how the United
 * Nations use it. The rules:
 *
 *   - Text belongs to the innermost element around it that is no inline one;
 *     where such an element begins or ends, a block ends. An element that we
 *     do not know is no inline one.
 *   - <num>, and <docNumber> of a preface, is the number of the block that
 *     follows it. If none does, it is a block itself.
 *   - A note leaves nothing where it stands and follows the block that it
 *     stands in, as one block. Its mark is what the markup says.
 *   - A row of a table is a block.
 *   - Headings are what is marked up so, and what is set in a style for them
 *     ("H23"). A <crossHeading> that refers to the preamble is a paragraph of
 *     it.
 *   - Cover pages and tables of contents are furniture, but for the title,
 *     which stands on the cover if there is no preface. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "src/document/characters.h"
#include "src/document/foreign/akn.h"
#include "src/document/foreign/inline.h"
#include "src/document/foreign/xml.h"

#include <stdlib.h>

struct akn {
    const struct block_receiver *receiver;
    struct failure *failure;
    struct akn_facts facts;
    struct inline_text text;
    const xmlNode *element; /* that the text belongs to */
    struct buffer number;   /* of the block to come */
    const xmlNode **notes;  /* that stand in the text */
    size_t n_notes, notes_capacity;
    size_t row_depth; /* how many <tr> we are in */
    bool row_begun;   /* the row has a cell */
    bool titled;      /* the document has had its title */
};

/* The inline elements of the standard (section 5.6 and its groups "inlineCM",
 * "HTMLinline", "ANinline", "ANtitleInline", "ANheaderInline"), sorted. */
static const char *const inline_names[] = {
    "a",
    "abbr",
    "affectedDocument",
    "amount",
    "argument",
    "b",
    "bdi",
    "bdo",
    "change",
    "concept",
    "courtType",
    "date",
    "decoration",
    "def",
    "del",
    "docAuthority",
    "docCommittee",
    "docDate",
    "docIntroducer",
    "docJurisdiction",
    "docNumber",
    "docProponent",
    "docPurpose",
    "docStage",
    "docStatus",
    "docTitle",
    "docType",
    "docketNumber",
    "em",
    "embeddedText",
    "entity",
    "eol",
    "event",
    "fillIn",
    "font",
    "i",
    "img",
    "inline",
    "ins",
    "judge",
    "lawyer",
    "legislature",
    "location",
    "marker",
    "mmod",
    "mod",
    "mref",
    "neutralCitation",
    "noteRef",
    "object",
    "omissis",
    "opinion",
    "organization",
    "outcome",
    "party",
    "person",
    "placeholder",
    "process",
    "quantity",
    "quotedText",
    "ref",
    "relatedDocument",
    "remark",
    "rmod",
    "role",
    "rref",
    "scene",
    "session",
    "shortTitle",
    "signature",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "term",
    "time",
    "u",
    "vote",
};

static int compare_names(const void *key, const void *name)
{
    return strcmp(key, *(const char *const *)name);
}

/* The mark of NOTE as the markup says: a word. */
static struct bytes marker(const xmlNode *note)
{
    struct bytes mark = xml_attribute(note, "marker");
    size_t start = 0, end, white;

    while ((white = white_length(mark.data + start, mark.length - start)) > 0)
        start += white;
    for (end = start; end < mark.length; end++)
        if (white_length(mark.data + end, mark.length - end) > 0)
            break;
    return (struct bytes){mark.data + start, end - start};
}

/* Whether ELEMENT has text of its own, beside that of its children. One of
 * very many children certainly is running text. */
static bool has_own_text(const xmlNode *element)
{
    enum { LINE_CHILDREN = 100 };
    const xmlNode *node = element->children;
    size_t n;

    for (n = 0; node && n < LINE_CHILDREN; n++, node = node->next)
        if (node->type == XML_TEXT_NODE && !xmlIsBlankNode(node))
            return true;
    return node != NULL;
}

/* Titles and numbers of documents are inline elements, but on their own they
 * make lines of their own. */
static bool is_line(const xmlNode *node)
{
    return (xml_is(node, "docTitle") || xml_is(node, "docType") ||
            xml_is(node, "docNumber")) &&
           node->parent && !has_own_text(node->parent);
}

static bool is_block(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE &&
           (is_line(node) ||
            !bsearch(node->name, inline_names,
                     sizeof inline_names / sizeof *inline_names,
                     sizeof *inline_names, compare_names));
}

static bool is_number(const xmlNode *node)
{
    return xml_is(node, "num") ||
           (xml_is(node, "docNumber") && akn_is_in(node, "preface"));
}

static bool is_note(const xmlNode *node)
{
    return xml_is(node, "authorialNote") || xml_is(node, "noteRef");
}

/* What to call the block of ELEMENT. */
static void classify(struct akn *akn, const xmlNode *element,
                     struct block *block)
{
    const char *part = akn_part_name(element);
    unsigned heading = akn_heading_level(element);
    bool cover = akn_is_in(element, "coverPage");

    block->name = bytes_of(part);
    if ((xml_is(element, "docTitle") || akn_is_in(element, "longTitle")) &&
        !akn->titled &&
        bytes_equal(buffer_bytes(&akn->text.text),
                    buffer_bytes(&akn->facts.title))) {
        block->role = BLOCK_TITLE;
        akn->titled = true;
    } else if (akn_is_in(element, "note")) {
        block->role = BLOCK_FOOTNOTE;
        block->number = marker(akn_around(element, "note"));
    } else if (cover || akn_is_in(element, "toc") ||
               akn_is_in(element, "meta")) {
        block->role = BLOCK_FURNITURE;
    } else if (heading > 0) {
        block->role = BLOCK_HEADING;
        block->level = heading;
        if (strcmp(part, "annex") != 0)
            block->name = bytes_of("");
    } else {
        block->level = akn_list_level(element);
    }
}

static enum status give(struct akn *akn, struct block *block)
{
    return inline_give(&akn->text, block, PLACE_WHOLE, akn->receiver,
                       akn->failure);
}

static void append_text(struct akn *akn, const xmlNode *node)
{
    char scratch[8];
    struct bytes text = xml_text(node, scratch);
    size_t start, end;

    if (xml_source(node, &start, &end))
        inline_append_at(&akn->text, text, start, end);
    else
        inline_append(&akn->text, text);
}

static enum status add_note(struct akn *akn, const xmlNode *note)
{
    inline_mark(&akn->text);
    if (!xml_is(note, "authorialNote"))
        return STATUS_OK;
    if (!array_grow(&akn->notes, &akn->notes_capacity, akn->n_notes + 1,
                    sizeof *akn->notes))
        return fail_memory(akn->failure);
    akn->notes[akn->n_notes++] = note;
    return STATUS_OK;
}

static enum status give_note(struct akn *akn, const xmlNode *note)
{
    struct block block = {.role = BLOCK_FOOTNOTE};
    const xmlNode *node = xml_next(note, note);
    enum status status = STATUS_OK;

    while (node && status == STATUS_OK) {
        if (is_block(node) || xml_is(node, "eol"))
            inline_space(&akn->text);
        if (is_note(node)) {
            status = add_note(akn, node);
            node = xml_skip(node, note);
            continue;
        }
        append_text(akn, node);
        node = xml_next(node, note);
    }
    block.number = marker(note);
    inline_drop_mark(&akn->text, block.number);
    return status == STATUS_OK ? give(akn, &block) : status;
}

/* The notes of a block, and the notes of these. */
static enum status give_notes(struct akn *akn)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < akn->n_notes && status == STATUS_OK; i++)
        status = give_note(akn, akn->notes[i]);
    akn->n_notes = 0;
    return status;
}

/* A block ends. */
static enum status flush(struct akn *akn)
{
    struct block block = {.role = BLOCK_TEXT};
    enum status status = STATUS_OK;

    if (akn->row_depth > 0) {
        inline_space(&akn->text);
        return STATUS_OK;
    }
    if (inline_finish(&akn->text).length > 0) {
        classify(akn, akn->element, &block);
        if (xml_is(akn->element, "tr"))
            block.role = BLOCK_TABLE;
        if (akn->number.length > 0)
            block.number = buffer_bytes(&akn->number);
        if (akn->number.failed)
            return fail_memory(akn->failure);
        status = give(akn, &block);
        buffer_clear(&akn->number);
    } else {
        inline_clear(&akn->text);
    }
    return status == STATUS_OK ? give_notes(akn) : status;
}

/* A number came to its end without a block: give it as one. */
static enum status flush_number(struct akn *akn, const xmlNode *element)
{
    struct block block = {.role = BLOCK_TEXT};

    if (akn->number.length == 0 || akn->row_depth > 0)
        return STATUS_OK;
    inline_append(&akn->text, buffer_bytes(&akn->number));
    buffer_clear(&akn->number);
    block.name = bytes_of(akn_part_name(element));
    if (akn_is_in(element, "preface")) {
        block.role = BLOCK_HEADING;
        block.level = 1;
    }
    return give(akn, &block);
}

/* The text collected is a number. It has no blanks ("3 -") but between words
 * ("Article 3"). */
static enum status keep_number(struct akn *akn)
{
    struct bytes text = inline_finish(&akn->text);
    size_t i;

    for (i = 0; i < text.length; i++) {
        struct bytes before = {text.data, i};
        struct bytes behind = {text.data + i + 1, text.length - i - 1};

        if (text.data[i] != ' ' ||
            (is_letter_or_digit(last_character(before)) &&
             is_letter_or_digit(first_character(behind))))
            buffer_append_byte(&akn->number, text.data[i]);
    }
    inline_clear(&akn->text);
    return akn->number.failed ? fail_memory(akn->failure) : STATUS_OK;
}

static enum status begin_document(struct akn *akn, const xmlNode *node)
{
    struct document_facts facts;

    if (!akn_facts_find(&akn->facts, node))
        return fail_memory(akn->failure);
    facts = akn_document_facts(&akn->facts);
    akn->titled = false;
    return akn->receiver->document(akn->receiver->context, &facts,
                                   akn->failure);
}

static void begin_cell(struct akn *akn)
{
    if (akn->row_begun) {
        inline_space(&akn->text);
        inline_append(&akn->text, bytes_of("| "));
    }
    akn->row_begun = true;
}

/* Of the metadata only notes are text of the document. */
static bool is_left_out(const xmlNode *node)
{
    return (xml_is(node, "meta") && !xml_find(node, "notes")) ||
           (xml_is(node->parent, "meta") && !xml_is(node, "notes"));
}

/* Whether NODE, a number, stands in the middle of a text. */
static bool is_inline_number(const struct akn *akn, const xmlNode *node)
{
    return is_number(node) &&
           (akn->row_depth > 0 ||
            (xml_is(node->parent, "p") && !inline_is_empty(&akn->text)));
}

/* The United Nations leave out the space before a date, "on<docDate>", which
 * some scripts have not. */
static bool is_glued_date(const struct akn *akn, const xmlNode *node)
{
    return xml_is(node, "docDate") && !akn->text.text.failed &&
           !is_unspaced(last_character(buffer_bytes(&akn->text.text)));
}

static enum status enter_element(struct akn *akn, const xmlNode *node)
{
    enum status status = STATUS_OK;

    if (xml_is(node, "eol") || is_glued_date(akn, node))
        inline_space(&akn->text);
    if (!is_block(node) || is_inline_number(akn, node))
        return STATUS_OK;
    status = flush(akn);
    /* A number before this one had nothing to stand in front of. */
    if (status == STATUS_OK && is_number(node))
        status = flush_number(akn, akn->element);
    akn->element = node;
    if (xml_is(node, "tr") && akn->row_depth++ == 0)
        akn->row_begun = false;
    if (xml_is(node, "td") || xml_is(node, "th"))
        begin_cell(akn);
    if (status == STATUS_OK && akn_has_metadata(node) &&
        strcmp(akn_part_name(node), "annex") != 0)
        status = begin_document(akn, node);
    return status;
}

static bool enter(void *context, const xmlNode *node, enum status *status)
{
    struct akn *akn = context;

    if (is_left_out(node))
        return false;
    if (is_note(node)) {
        *status = add_note(akn, node);
        return false;
    }
    if (node->type == XML_ELEMENT_NODE)
        *status = enter_element(akn, node);
    else
        append_text(akn, node);
    return *status == STATUS_OK && node->type == XML_ELEMENT_NODE;
}

static void leave(void *context, const xmlNode *node, enum status *status)
{
    struct akn *akn = context;

    if (node->type != XML_ELEMENT_NODE)
        return;
    if (is_number(node) && akn->element == node) {
        *status = keep_number(akn);
        akn->element = node->parent;
        return;
    }
    if (!is_block(node) || (is_number(node) && akn->element != node))
        return;
    if (xml_is(node, "tr") && akn->row_depth > 0)
        akn->row_depth--;
    *status = flush(akn);
    if (*status == STATUS_OK && !xml_is(node, "p"))
        *status = flush_number(akn, node);
    akn->element = node->parent;
}

enum status akn_blocks(struct bytes content, const char *name,
                       const struct block_receiver *receiver,
                       struct failure *failure)
{
    struct akn akn = {.receiver = receiver, .failure = failure};
    struct xml_visitor visitor = {enter, leave, &akn};
    xmlDoc *document = NULL;
    enum status parsed, status = STATUS_OK;
    struct failure own;

    parsed = xml_parse(content, name, &document, failure);
    if (document && parsed != STATUS_MEMORY) {
        /* What follows must not lose the message of the parser. */
        akn.failure = parsed == STATUS_OK ? failure : &own;
        akn.element = xmlDocGetRootElement(document);
        status = xml_walk(akn.element, &visitor);
        if (status != STATUS_OK && akn.failure == &own && failure)
            *failure = own;
    }
    xmlFreeDoc(document);
    akn_facts_release(&akn.facts);
    inline_release(&akn.text);
    buffer_release(&akn.number);
    free(akn.notes);
    return status != STATUS_OK ? status : parsed;
}
