/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow batch: the queries of a file, one a line, on all cores.
 *
 * An item of the pipeline is a query; the thread that answers it, with an index
 * of its own, gathers what there is to write in the item, and it is written
 * when its turn has come. So no more is held than the results of the few
 * queries under way. */
#include <config.h>

#include "base/pipeline.h"
#include "src/cli/answer.h"
#include "src/cli/commands.h"
#include "src/cli/interrupt.h"
#include "src/cli/output.h"
#include "src/cli/query_lines.h"
#include "src/cli/report.h"
#include "src/cli/session.h"

#include <stdint.h>
#include <stdlib.h>

/* Queries under way for each thread: so many that threads do not wait for one
 * that takes long. */
enum { ITEMS_PER_THREAD = 32 };

/* What one thread works with, made when it gets its first query. */
struct worker {
    bool open;
    struct session session;
    struct answer answer;
    struct output output;
};

struct item {
    struct item *next; /* of those that are free */
    struct query_line line;
    struct buffer text;    /* to be written */
    struct buffer missing; /* the indexes that were not asked, if any */
    bool found;            /* something matches */
    bool stuck;            /* the thread that took it can answer nothing */
};

struct batch {
    const struct settings *settings;
    struct answer_options options;
    struct query_lines lines;
    struct pipeline *pipeline;
    struct worker *workers;
    size_t n_workers;
    struct item *free;
    bool found;            /* by any query */
    int exit_status;       /* of the worst failure */
    struct buffer missing; /* what was last said of missing indexes */
};

static enum status open_worker(const struct batch *batch, struct worker *worker,
                               struct failure *failure)
{
    enum status status;

    if (worker->open)
        return STATUS_OK;
    status = session_open(batch->settings, &worker->session, failure);
    if (status == STATUS_OK)
        status = output_init(&worker->output, batch->settings, NULL, failure);
    worker->open = status == STATUS_OK;
    if (worker->open)
        worker->output.reader = worker->session.reader;
    else
        session_release(&worker->session);
    return status;
}

static enum status answer(const struct batch *batch, struct worker *worker,
                          struct item *item, struct failure *failure)
{
    struct answer *answer = &worker->answer;
    struct output *output = &worker->output;
    enum status status;
    bool changed;

    if (item->line.too_long)
        return fail(failure, STATUS_LIMIT,
                    "the line has more than %d bytes, which no query may have",
                    QUERY_LINE_MAX);
    status = reader_refresh(worker->session.reader, &changed, failure);
    session_missing(&worker->session, &item->missing);
    if (status == STATUS_OK)
        status = answer_find(answer, &worker->session, item->line.query,
                             &batch->options, failure);
    if (status != STATUS_OK)
        return status;
    item->found = answer->matches.n_paragraphs > 0;
    if (!batch->settings->count)
        return answer_write(answer, &worker->session, &batch->options, output,
                            failure);
    return output_count(output, &answer->matches, failure);
}

static enum status work(void *context, size_t thread, void *taken,
                        struct failure *failure)
{
    const struct batch *batch = context;
    struct worker *worker = &batch->workers[thread];
    struct output *output = &worker->output;
    struct item *item = taken;
    const struct asked asked = {item->line.id, item->line.query};
    enum status status = open_worker(batch, worker, failure);
    int attempt = 0;

    /* A server that is gone may be back for the next query. */
    item->stuck = status != STATUS_OK && status != STATUS_IO;
    if (status != STATUS_OK)
        return status;
    output->asked = &asked;
    output->text = item->text;
    do {
        buffer_clear(&output->text);
        buffer_clear(&item->missing);
        status = answer(batch, worker, item, failure);
    } while (session_try_again(&worker->session, status, ++attempt));
    if (status != STATUS_OK && output->format->failure)
        output->format->failure(output, failure);
    if (output->text.failed)
        status = fail_memory(failure);
    item->text = output->text;
    output->text = BUFFER_EMPTY;
    output->asked = NULL;
    return status;
}

static void recycle(struct batch *batch, struct item *item)
{
    buffer_clear(&item->text);
    buffer_clear(&item->missing);
    item->next = batch->free;
    batch->free = item;
}

static void drop(void *context, void *item)
{
    recycle(context, item);
}

/* Say why ITEM was not answered, unless the results say so. */
static void report_item(struct batch *batch, const struct item *item,
                        const struct failure *problem)
{
    int exit_status = exit_status_of(problem->status);

    if (exit_status > batch->exit_status)
        batch->exit_status = exit_status;
    if (!output_format(batch->settings)->failure)
        report_query_failure(problem, batch->lines.name, item->line.number,
                             item->line.query);
}

/* Say which indexes are missing, where that changes. */
static void report_missing(struct batch *batch, const struct item *item)
{
    struct bytes now = buffer_bytes(&item->missing);

    if (bytes_equal(now, buffer_bytes(&batch->missing)))
        return;
    buffer_clear(&batch->missing);
    buffer_append(&batch->missing, now.data, now.length);
    if (now.length)
        report("line %zu: %.*s", item->line.number, (int)now.length, now.data);
    else
        report("line %zu: nothing is left out any more", item->line.number);
}

static enum status deliver(void *context, void *taken, enum status status,
                           const struct failure *problem,
                           struct failure *failure)
{
    struct batch *batch = context;
    struct item *item = taken;
    bool stuck = item->stuck;

    batch->found |= item->found;
    fwrite(item->text.data, 1, item->text.length, stdout);
    fflush(stdout);
    report_missing(batch, item);
    if (status != STATUS_OK && !stuck)
        report_item(batch, item, problem);
    recycle(batch, item);
    if (stuck) {
        *failure = *problem;
        return status;
    }
    if (interrupted())
        return fail(failure, STATUS_INTERRUPTED, "interrupted");
    return output_ended() ? fail(failure, STATUS_IO, "nobody reads the results")
                          : STATUS_OK;
}

static struct item *take_item(struct batch *batch)
{
    struct item *item = batch->free;

    if (item)
        batch->free = item->next;
    else
        item = calloc(1, sizeof *item);
    if (item)
        item->found = false;
    return item;
}

static enum status finish(void *context, struct failure *failure)
{
    struct batch *batch = context;

    return pipeline_finish(batch->pipeline, failure);
}

static enum status run(struct batch *batch, struct failure *failure)
{
    enum status status = STATUS_OK;
    bool more = true;

    while (status == STATUS_OK && more) {
        struct item *item = take_item(batch);

        if (!item)
            return fail_memory(failure);
        status = query_lines_next(&batch->lines, &item->line, &more, failure);
        if (status == STATUS_OK && more)
            status = pipeline_put(batch->pipeline, item, failure);
        else
            recycle(batch, item);
    }
    return status == STATUS_OK ? pipeline_finish(batch->pipeline, failure)
                               : status;
}

static enum status open_batch(struct batch *batch, struct failure *failure)
{
    const struct pipeline_stages stages = {work, deliver, drop, batch};
    const struct settings *settings = batch->settings;
    const char *path = settings->n_arguments ? settings->arguments[0] : NULL;
    size_t n_threads = pipeline_threads(settings->threads);
    enum status status;

    if (settings->n_arguments > 1)
        return fail(failure, STATUS_USAGE,
                    "batch takes one file of queries; to run one query, use "
                    "'pilcrow search'");
    status = answer_options_init(&batch->options, settings,
                                 settings->count ? SIZE_MAX : 0, failure);
    if (status == STATUS_OK)
        status = query_lines_open(path, &batch->lines, failure);
    batch->lines.wait = finish;
    batch->lines.context = batch;
    if (status == STATUS_OK)
        status = pipeline_new(&stages, n_threads, n_threads * ITEMS_PER_THREAD,
                              &batch->pipeline, failure);
    if (status != STATUS_OK)
        return status;
    batch->n_workers = pipeline_n_threads(batch->pipeline);
    batch->workers = calloc(batch->n_workers, sizeof *batch->workers);
    if (!batch->workers)
        return fail_memory(failure);
    /* That there is no index is to be said without a query, too. */
    return open_worker(batch, &batch->workers[0], failure);
}

static void close_batch(struct batch *batch)
{
    struct item *item;

    pipeline_free(batch->pipeline);
    while ((item = batch->free)) {
        batch->free = item->next;
        query_line_release(&item->line);
        buffer_release(&item->text);
        buffer_release(&item->missing);
        free(item);
    }
    for (size_t i = 0; batch->workers && i < batch->n_workers; i++) {
        struct worker *worker = &batch->workers[i];

        if (!worker->open)
            continue;
        answer_release(&worker->answer);
        output_release(&worker->output);
        session_release(&worker->session);
    }
    free(batch->workers);
    query_lines_close(&batch->lines);
    buffer_release(&batch->missing);
}

int command_batch(const struct settings *settings)
{
    struct batch batch = {
        .settings = settings,
        .lines = {.descriptor = -1},
    };
    struct failure failure = {0};
    enum status status;
    int exit_status;

    interrupt_catch();
    status = open_batch(&batch, &failure);
    if (status == STATUS_OK)
        status = run(&batch, &failure);
    exit_status = batch.exit_status ? batch.exit_status
                  : batch.found     ? EXIT_FOUND
                                    : EXIT_NOT_FOUND;
    if (status == STATUS_INTERRUPTED)
        exit_status = EXIT_INTERRUPTED;
    else if (status != STATUS_OK && !output_ended())
        exit_status = report_failure(&failure);
    close_batch(&batch);
    return finish_output(exit_status);
}
