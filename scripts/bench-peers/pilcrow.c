/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow itself, in process, for `scripts/bench queries`; see peer.h. The time
 * is that of all that a query costs: to parse, to plan, and to run it. Made by
 * `make bench-queries`. */
#include <config.h>

#include "scripts/bench-peers/peer.h"

#include "base/buffer.h"
#include "index/reader.h"
#include "src/query/plan.h"
#include "src/query/syntax.h"

#include <stdint.h>

struct engine {
    struct reader *reader;
    struct analyzer *analyzer;
    struct lexicon *lexicon;
};

/* The words of QUERY in the query language. */
static void write_query(const struct peer_query *query, struct buffer *text)
{
    const char *between = strcmp(query->kind, "and") == 0  ? " AND "
                          : strcmp(query->kind, "or") == 0 ? " OR "
                                                           : " ";
    const char *quote = strcmp(query->kind, "phrase") == 0 ? "\"" : "";

    buffer_append_string(text, quote);
    for (size_t i = 0; i < query->n_words; i++) {
        buffer_append_string(text, i ? between : "");
        buffer_append_string(text, query->words[i]);
    }
    buffer_append_string(text, quote);
    if (strcmp(query->kind, "prefix") == 0)
        buffer_append_byte(text, '*');
}

static void run(void *context, const struct peer_query *query, size_t *count)
{
    struct engine *engine = context;
    struct search_options options = {.limit = 10,
                                     .count = count ? SIZE_MAX : 0};
    struct buffer text = BUFFER_EMPTY;
    struct failure failure = {0};
    struct syntax *tree = NULL;
    struct matches matches = {0};
    struct plan plan = {0};
    enum status status;

    write_query(query, &text);
    status = syntax_parse(text.data, text.length, &tree, &failure);
    if (status == STATUS_OK)
        status = plan_make(tree, NULL, engine->reader, engine->analyzer,
                           engine->lexicon, &plan, &failure);
    options.words = plan.ranked.items;
    options.n_words = plan.ranked.n_items;
    if (status == STATUS_OK)
        status = reader_search(engine->reader, plan.query, &options, &matches,
                               &failure);
    if (status != STATUS_OK)
        peer_die(failure.message);
    if (count)
        *count = matches.n_paragraphs;
    matches_release(&matches);
    plan_release(&plan);
    syntax_free(tree);
    buffer_release(&text);
}

int main(int argc, char **argv)
{
    struct engine engine = {NULL, NULL, NULL};
    struct failure failure = {0};
    const char *path = argc == 4 ? argv[2] : "";

    if (argc != 4 || strcmp(argv[1], "queries") != 0)
        peer_die("usage: bench-queries queries INDEX FILE");
    if (analyzer_new(&engine.analyzer, &failure) != STATUS_OK ||
        lexicon_new(&engine.lexicon, &failure) != STATUS_OK ||
        reader_open(&path, 1, analyzer_identity(), &engine.reader, &failure) !=
            STATUS_OK)
        peer_die(failure.message);
    peer_queries(argv[3], run, &engine);
    reader_close(engine.reader);
    lexicon_free(engine.lexicon);
    analyzer_free(engine.analyzer);
    return 0;
}
