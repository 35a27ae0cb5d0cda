/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the peers that are written in C and C++ share: reading lines of columns,
 * and timing. A peer is called as
 *
 *   PEER index PARAGRAPHS TARGET    lines of id TAB text; what is on disk at
 *                                   the end is TARGET
 *   PEER queries TARGET QUERIES     lines of class TAB kind TAB words
 *
 * and answers each query with a line: CPU microseconds for the top ten, for the
 * top ten and an exact count, and that count. Every query is run once before
 * it is timed REPETITIONS times; the median counts. */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPETITIONS = 5, MAX_WORDS = 8 };

/* A line of the file of queries; the words end in NUL. */
struct peer_query {
    const char *kind; /* term, and, or, phrase, prefix */
    const char *words[MAX_WORDS];
    size_t n_words;
};

static inline void peer_die(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static inline FILE *peer_open(const char *path)
{
    FILE *file = fopen(path, "r");

    if (!file)
        peer_die("a file of the bench cannot be read");
    return file;
}

/* The next line of FILE, without its end, cut at its first tab: *SECOND is
 * behind that. False at the end. */
static inline int peer_line(FILE *file, char **line, size_t *capacity,
                            char **second)
{
    ssize_t length = getline(line, capacity, file);

    if (length < 0)
        return 0;
    if (length > 0 && (*line)[length - 1] == '\n')
        (*line)[length - 1] = '\0';
    *second = strchr(*line, '\t');
    if (!*second)
        peer_die("a line has no tab");
    *(*second)++ = '\0';
    return 1;
}

/* Cut WORDS, the last column of a query of KIND, at its spaces. */
static inline struct peer_query peer_parse(const char *kind, char *words)
{
    struct peer_query query = {kind, {NULL}, 0};
    char *rest = NULL;

    for (char *word = strtok_r(words, " ", &rest);
         word && query.n_words < MAX_WORDS; word = strtok_r(NULL, " ", &rest))
        query.words[query.n_words++] = word;
    return query;
}

static inline double peer_cpu(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static inline int peer_compare(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;

    return (one > other) - (one < other);
}

/* Run one query: the top ten, and an exact COUNT if that is not NULL. */
typedef void (*peer_run)(void *engine, const struct peer_query *query,
                         size_t *count);

static inline double peer_median(peer_run run, void *engine,
                                 const struct peer_query *query, size_t *count)
{
    double times[REPETITIONS];

    run(engine, query, count);
    for (int i = 0; i < REPETITIONS; i++) {
        double start = peer_cpu();

        run(engine, query, count);
        times[i] = peer_cpu() - start;
    }
    qsort(times, REPETITIONS, sizeof times[0], peer_compare);
    return times[REPETITIONS / 2];
}

/* Run all queries of the file at PATH. */
static inline void peer_queries(const char *path, peer_run run, void *engine)
{
    FILE *file = peer_open(path);
    char *line = NULL, *kind, *words;
    size_t capacity = 0, count = 0;

    while (peer_line(file, &line, &capacity, &kind)) {
        words = strchr(kind, '\t');
        if (!words)
            peer_die("a query has no words");
        *words++ = '\0';
        struct peer_query query = peer_parse(kind, words);
        double top = peer_median(run, engine, &query, NULL);
        double all = peer_median(run, engine, &query, &count);

        printf("%.1f\t%.1f\t%zu\n", top, all, count);
    }
    free(line);
    fclose(file);
}

#endif
