/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow info: what the program is made of, and what an index holds. */
#include <config.h>

#include "index/schema.h"
#include "src/cli/commands.h"
#include "src/cli/output.h"
#include "src/cli/report.h"
#include "src/cli/session.h"
#include "src/document/format.h"
#include "src/document/worker.h"

#include <inttypes.h>
#include <string.h>

/* Facts gathered as one line each, written in the format asked for. */
struct facts {
    struct buffer buffer;
    char format; /* first letter of --format: t(ext), j(sonl), or T(SV) */
    bool first;
};

/* VALUE IS_JSON where it is written to JSON as it is. */
static void fact(struct facts *facts, const char *name, struct bytes value,
                 bool is_json)
{
    struct buffer *buffer = &facts->buffer;

    switch (facts->format) {
    case 'j':
        buffer_append_byte(buffer, facts->first ? '{' : ',');
        json_string(buffer, bytes_of(name));
        buffer_append_byte(buffer, ':');
        if (is_json)
            buffer_append(buffer, value.data, value.length);
        else
            json_string(buffer, value);
        break;
    case 'T':
        buffer_append_format(buffer, "%s\t", name);
        buffer_append(buffer, value.data, value.length);
        buffer_append_byte(buffer, '\n');
        break;
    default:
        buffer_append_format(buffer, "%-18s ", name);
        buffer_append(buffer, value.data, value.length);
        buffer_append_byte(buffer, '\n');
    }
    facts->first = false;
}

static void fact_number(struct facts *facts, const char *name, uint64_t value)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%" PRIu64, value);
    fact(facts, name, bytes_of(digits), true);
}

/* A fact that is several: in JSON an array of strings, or an object of numbers;
 * otherwise one line. */
struct list {
    const struct facts *facts;
    struct buffer items;
};

static void add_item(struct list *list, const char *separator,
                     struct bytes item)
{
    bool is_json = list->facts->format == 'j';

    if (list->items.length)
        buffer_append_string(&list->items, is_json ? "," : separator);
    if (is_json)
        json_string(&list->items, item);
    else
        buffer_append(&list->items, item.data, item.length);
}

static bool add_language(void *context, struct bytes term,
                         uint32_t n_paragraphs)
{
    struct list *list = context;
    size_t prefix = strlen(TERM_LANGUAGE);

    add_item(list, " ",
             (struct bytes){term.data + prefix, term.length - prefix});
    buffer_append_format(&list->items, "%c%u",
                         list->facts->format == 'j' ? ':' : '=',
                         (unsigned)n_paragraphs);
    return true;
}

/* BRACKETS: "[]" or "{}". */
static void fact_list(struct facts *facts, const char *name, struct list *list,
                      const char *brackets)
{
    struct buffer whole = BUFFER_EMPTY;

    if (facts->format == 'j')
        buffer_append_byte(&whole, brackets[0]);
    buffer_append(&whole, list->items.data, list->items.length);
    if (facts->format == 'j')
        buffer_append_byte(&whole, brackets[1]);
    facts->buffer.failed |= whole.failed | list->items.failed;
    fact(facts, name, buffer_bytes(&whole), true);
    buffer_release(&whole);
    buffer_release(&list->items);
}

/* What the process is locked up with in which foreign formats are read; it
 * alone can tell, so one is started. */
static void sandbox_fact(struct facts *facts)
{
    struct buffer layers = BUFFER_EMPTY;
    struct worker *worker = NULL;
    struct failure failure = {0};
    enum status status = worker_new(NULL, &worker, &failure);

    if (status == STATUS_OK)
        status = worker_start(worker, &failure);
    if (status == STATUS_OK)
        worker_layers_append(worker_layers(worker), &layers);
    else
        buffer_append_string(&layers, failure.message);
    fact(facts, "sandbox", buffer_bytes(&layers), false);
    buffer_release(&layers);
    worker_free(worker);
}

static void program_facts(struct facts *facts)
{
    struct list formats = {facts, BUFFER_EMPTY};
    const struct format *const *format;

    if (facts->format == 'j')
        fact_number(facts, "format", OUTPUT_VERSION);
    fact(facts, "version", bytes_of(PACKAGE_VERSION), false);
    for (format = format_table(); *format; format++)
        if (!(*format)->missing)
            add_item(&formats, ", ", bytes_of((*format)->name));
    fact_list(facts, "formats", &formats, "[]");
    sandbox_fact(facts);
    fact(facts, "analyzer", bytes_of(analyzer_identity()), false);
    fact_number(facts, "schema", SCHEMA_VERSION);
}

static enum status index_facts(struct facts *facts,
                               const struct settings *settings,
                               struct failure *failure)
{
    struct list languages = {facts, BUFFER_EMPTY};
    struct reader_facts index;
    struct session session;
    char length[32];
    enum status status = session_open(settings, &session, failure);

    if (status == STATUS_OK)
        status = reader_facts(session.reader, &index, failure);
    if (status == STATUS_OK)
        status = reader_terms(session.reader, bytes_of(TERM_LANGUAGE),
                              add_language, &languages, failure);
    if (status == STATUS_OK) {
        snprintf(length, sizeof length, "%.1f", index.average_length);
        fact_number(facts, "documents", index.n_documents);
        fact_number(facts, "paragraphs", index.n_paragraphs);
        fact(facts, "average-length", bytes_of(length), true);
        fact_list(facts, "languages", &languages, "{}");
        fact_number(facts, "segments", index.n_segments);
        fact_number(facts, "bytes", index.size);
    }
    buffer_release(&languages.items);
    session_release(&session);
    return status;
}

static void index_name(struct facts *facts, const struct settings *settings)
{
    struct list names = {facts, BUFFER_EMPTY};
    struct buffer path = BUFFER_EMPTY;
    size_t i;

    for (i = 0; i < settings->n_databases; i++)
        add_item(&names, ", ", bytes_of(settings->databases[i]));
    if (i == 0 && default_database(&path, NULL) == STATUS_OK)
        add_item(&names, ", ", bytes_of(path.data));
    fact_list(facts, "index", &names, "[]");
    buffer_release(&path);
}

int command_info(const struct settings *settings)
{
    struct facts facts = {BUFFER_EMPTY, settings->format[0], true};
    struct failure failure = {0};
    enum status status;

    if (settings->n_arguments) {
        report("info takes no argument; name the index with --database");
        return EXIT_USAGE;
    }
    if (strcmp(settings->format, "tsv") == 0)
        facts.format = 'T';
    program_facts(&facts);
    index_name(&facts, settings);
    status = index_facts(&facts, settings, &failure);
    if (facts.format == 'j')
        buffer_append_string(&facts.buffer, "}\n");
    if (facts.buffer.failed)
        status = fail_memory(&failure);
    else
        fwrite(facts.buffer.data, 1, facts.buffer.length, stdout);
    buffer_release(&facts.buffer);
    return finish_output(status == STATUS_OK ? EXIT_FOUND
                                             : report_failure(&failure));
}
