/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PDF by libpoppler: the text layer of its pages as lines, of which rebuild.h
 * makes blocks.
 *
 * A PDF has no bytes that its text could be pointed at in, so that the places
 * of its blocks know the page and nothing else.
 *
 * GLib ends the process when memory is short. It may: this runs in a
 * process of its own (see reader_main.c), and who asked is told that the file
 * could not be read. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include "base/ascii.h"
#include "src/document/foreign/pdf_parts.h"

#include "src/document/characters.h"
#include "src/text/utf8.h"

#include <string.h>

/* What libpoppler says of damage as it goes along is of no use to anyone. */
static void be_quiet(const gchar *domain, GLogLevelFlags level,
                     const gchar *message, gpointer context)
{
    (void)domain;
    (void)level;
    (void)message;
    (void)context;
}

static enum status refuse(const GError *error, const char *name,
                          struct failure *failure)
{
    if (error && error->domain == POPPLER_ERROR &&
        error->code == POPPLER_ERROR_ENCRYPTED)
        return fail(failure, STATUS_INPUT, "%s: is encrypted", name);
    return fail(failure, STATUS_INPUT, "%s: is no PDF or a damaged one", name);
}

static enum status open_document(struct bytes content, const char *name,
                                 PopplerDocument **document,
                                 struct failure *failure)
{
    GBytes *bytes = g_bytes_new_static(content.data, content.length);
    GError *error = NULL;
    enum status status = STATUS_OK;
    int n_pages;

    *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    g_bytes_unref(bytes);
    n_pages = *document ? poppler_document_get_n_pages(*document) : 0;
    if (!*document)
        status = refuse(error, name, failure);
    else if (n_pages <= 0)
        status = fail(failure, STATUS_INPUT, "%s: has no pages", name);
    else if (n_pages > PDF_MAX_PAGES)
        status = fail(failure, STATUS_LIMIT, "%s: has more than %d pages", name,
                      (int)PDF_MAX_PAGES);
    g_clear_error(&error);
    return status;
}

static enum status read_page(PopplerDocument *document, int number,
                             struct pdf_page *page, struct pdf_text *text,
                             struct failure *failure)
{
    PopplerPage *source = poppler_document_get_page(document, number);
    enum status status;

    if (!source) /* damaged; the others may be whole */
        return STATUS_OK;
    page->number = (uint32_t)number + 1;
    status = pdf_page_read(page, source, failure);
    if (status == STATUS_OK)
        status = pdf_page_words(page, failure);
    if (status == STATUS_OK)
        status = pdf_page_layout(page, failure);
    if (status == STATUS_OK)
        status = pdf_page_lines(page, text, failure);
    g_object_unref(source);
    return status;
}

static enum status read_pages(PopplerDocument *document, const char *name,
                              struct pdf_text *text, struct failure *failure)
{
    int n_pages = poppler_document_get_n_pages(document), i;
    struct failure cause = {.status = STATUS_OK};
    struct pdf_page page = {0};
    enum status status = STATUS_OK;

    for (i = 0; i < n_pages && status == STATUS_OK; i++)
        status = read_page(document, i, &page, text, &cause);
    pdf_page_release(&page);
    if (status != STATUS_OK)
        return fail(failure, status, "%s: %s", name, cause.message);
    if (text->n_lines == 0)
        return fail(failure, STATUS_INPUT, "%s: has no text layer (a scan?)",
                    name);
    return STATUS_OK;
}

/* --- The title ---------------------------------------------------------- */

static bool ends_with_file_name(struct bytes title)
{
    static const char *const endings[] = {
        ".doc", ".docx", ".pdf", ".wpd", ".rtf", ".indd", ".pptx", ".tex",
        ".xls", ".xlsx", ".odt", ".qxd", ".dvi", ".txt",  ".html", ".ppt"};
    size_t i;

    for (i = 0; i < sizeof endings / sizeof *endings; i++)
        if (bytes_end_nocase(title, endings[i]))
            return true;
    return false;
}

/* Whether TITLE was written by a person for people: programs put file names,
 * their own names and what a template was called there. Two words at least,
 * then, and mostly letters. */
static bool is_sensible(struct bytes title)
{
    static const char *const programs[] = {
        "Microsoft ", "untitled", "PowerPoint ", "Slide 1", "No Job Name"};
    size_t n_letters = 0, n_spaces = 0, i;

    for (i = 0; i < sizeof programs / sizeof *programs; i++)
        if (bytes_begin_nocase(title, programs[i]))
            return false;
    for (i = 0; i < title.length; i++) {
        unsigned char byte = (unsigned char)title.data[i];

        n_spaces += byte == ' ';
        n_letters += is_ascii_letter(byte);
        n_letters += byte >= 0x80;
    }
    return n_spaces > 0 && title.length >= 8 && title.length <= 500 &&
           n_letters * 2 > title.length && !ends_with_file_name(title) &&
           utf8_valid(title.data, title.length);
}

/* White space single, none at the ends. */
static void append_clean(struct buffer *clean, const char *text)
{
    size_t length = strlen(text), at = 0;
    bool space = false;

    while (at < length) {
        size_t white = white_length(text + at, length - at);

        if (white > 0) {
            space = true;
            at += white;
            continue;
        }
        if (space && clean->length > 0)
            buffer_append_byte(clean, ' ');
        space = false;
        buffer_append_byte(clean, text[at++]);
    }
}

/* The date of a PDF is when the file was made, not the text; so it is not
 * asked for. */
static enum status give_facts(PopplerDocument *document,
                              const struct block_receiver *receiver,
                              struct failure *failure)
{
    char *title = poppler_document_get_title(document);
    struct document_facts facts = {.title = {NULL, 0}};
    struct buffer clean = BUFFER_EMPTY;
    enum status status = STATUS_OK;

    if (title)
        append_clean(&clean, title);
    facts.title = buffer_bytes(&clean);
    if (clean.failed)
        status = fail_memory(failure);
    else if (is_sensible(facts.title))
        status = receiver->document(receiver->context, &facts, failure);
    buffer_release(&clean);
    g_free(title);
    return status;
}

/* --- Blocks ------------------------------------------------------------- */

static enum status give_blocks(const struct pdf_text *text,
                               const struct block_receiver *receiver,
                               struct failure *failure)
{
    struct placed_text placed = PLACED_TEXT_EMPTY;
    struct page_text page_text = {
        .text = &placed,
        .lines = text->lines,
        .n_lines = text->n_lines,
        .raised = text->raised,
        .n_raised = text->n_raised,
        .has_geometry = true,
    };
    enum status status;

    placed.text = buffer_bytes(&text->bytes);
    placed.unit = PLACE_WHOLE;
    if (!placed_text_mark(&placed, 0, 0, false))
        return fail_memory(failure);
    status = rebuild_blocks(&page_text, receiver, failure);
    placed_text_release(&placed);
    return status;
}

enum status pdf_blocks(struct bytes content, const char *name,
                       const struct block_receiver *receiver,
                       struct failure *failure)
{
    PopplerDocument *document = NULL;
    struct pdf_text text = {.bytes = BUFFER_EMPTY};
    enum status status;
    guint handler;

    handler = g_log_set_handler(
        "Poppler", G_LOG_LEVEL_MASK & ~G_LOG_LEVEL_ERROR, be_quiet, NULL);
    status = open_document(content, name, &document, failure);
    if (status == STATUS_OK)
        status = read_pages(document, name, &text, failure);
    if (status == STATUS_OK)
        status = give_facts(document, receiver, failure);
    if (document)
        g_object_unref(document);
    g_log_remove_handler("Poppler", handler);
    if (status == STATUS_OK)
        status = give_blocks(&text, receiver, failure);
    pdf_text_release(&text);
    return status;
}
