/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SQLite's FTS5 as a peer of scripts/bench: the porter tokenizer, the text
 * stored in its own table, one transaction. Paragraphs are read from columns,
 * or from JSON Lines where the name of their file ends so: both, so that what
 * reading costs can be told from what indexing does. */
#define _GNU_SOURCE
#include "peer.h"

#include <jansson.h>
#include <sqlite3.h>

static void check(sqlite3 *database, int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        peer_die(sqlite3_errmsg(database));
}

static void execute(sqlite3 *database, const char *statement)
{
    check(database, sqlite3_exec(database, statement, NULL, NULL, NULL));
}

static void add_paragraph(sqlite3 *database, sqlite3_stmt *insert,
                          const char *id, const char *text, int length)
{
    sqlite3_bind_text(insert, 1, text, length, SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, id, -1, SQLITE_STATIC);
    check(database, sqlite3_step(insert));
    sqlite3_reset(insert);
}

static void add_columns(sqlite3 *database, sqlite3_stmt *insert, FILE *file)
{
    char *line = NULL, *text;
    size_t capacity = 0;

    while (peer_line(file, &line, &capacity, &text))
        add_paragraph(database, insert, line, text, -1);
    free(line);
}

static void add_objects(sqlite3 *database, sqlite3_stmt *insert, FILE *file)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;

    while ((length = getline(&line, &capacity, file)) > 0) {
        json_t *object = json_loadb(line, (size_t)length, 0, NULL);
        json_t *text = json_object_get(object, "text");
        const char *id = json_string_value(json_object_get(object, "id"));

        if (!text || !id)
            peer_die("a line is no paragraph");
        add_paragraph(database, insert, id, json_string_value(text),
                      (int)json_string_length(text));
        json_decref(object);
    }
    free(line);
}

static void add_paragraphs(sqlite3 *database, const char *path)
{
    FILE *file = peer_open(path);
    size_t length = strlen(path);
    sqlite3_stmt *insert;

    check(database,
          sqlite3_prepare_v2(database, "INSERT INTO paragraphs VALUES (?, ?)",
                             -1, &insert, NULL));
    if (length > 6 && strcmp(path + length - 6, ".jsonl") == 0)
        add_objects(database, insert, file);
    else
        add_columns(database, insert, file);
    sqlite3_finalize(insert);
    fclose(file);
}

static void run(void *engine, const struct peer_query *query, size_t *count)
{
    sqlite3 *database = engine;
    const char *between = strcmp(query->kind, "and") == 0  ? " AND "
                          : strcmp(query->kind, "or") == 0 ? " OR "
                                                           : " + ";
    sqlite3_stmt *statement;
    char match[1024] = "";

    for (size_t i = 0; i < query->n_words; i++) {
        size_t length = strlen(match);

        snprintf(match + length, sizeof match - length, "%s\"%s\"%s",
                 i ? between : "", query->words[i],
                 strcmp(query->kind, "prefix") == 0 ? " *" : "");
    }
    for (int counts = 0; counts < (count ? 2 : 1); counts++) {
        check(database,
              sqlite3_prepare_v2(
                  database,
                  counts ? "SELECT count(*) FROM paragraphs WHERE paragraphs "
                           "MATCH ?"
                         : "SELECT rowid FROM paragraphs WHERE paragraphs "
                           "MATCH ? ORDER BY rank LIMIT 10",
                  -1, &statement, NULL));
        sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);
        while (sqlite3_step(statement) == SQLITE_ROW)
            if (counts)
                *count = (size_t)sqlite3_column_int64(statement, 0);
        check(database, sqlite3_finalize(statement));
    }
}

int main(int argc, char **argv)
{
    sqlite3 *database = NULL;
    int queries = argc == 4 && strcmp(argv[1], "queries") == 0;

    if (argc != 4)
        peer_die("usage: fts5 index|queries FILE FILE");
    check(database, sqlite3_open(argv[queries ? 2 : 3], &database));
    if (queries) {
        peer_queries(argv[3], run, database);
    } else {
        execute(database, "CREATE VIRTUAL TABLE paragraphs USING "
                          "fts5(text, id UNINDEXED, tokenize = 'porter')");
        execute(database, "BEGIN");
        add_paragraphs(database, argv[2]);
        execute(database, "COMMIT");
    }
    sqlite3_close(database);
    return 0;
}
