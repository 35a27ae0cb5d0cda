/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow check: look over an index. */
#include <config.h>

#include <stdio.h>

#include "index/check.h"
#include "src/cli/commands.h"
#include "src/cli/report.h"
#include "src/cli/writing.h"
#include "src/document/text_terms.h"

static void tell(void *context, const struct failure *what)
{
    (void)context;
    report("%s", what->message);
}

static void summarize(const struct check_facts *facts)
{
    char segments[COUNTED_SIZE], paragraphs[COUNTED_SIZE], files[COUNTED_SIZE];
    char problems[COUNTED_SIZE];

    fprintf(stderr, "%s, %s, %s: %s\n",
            counted(facts->n_segments, "segment", segments),
            counted(facts->n_paragraphs, "paragraph", paragraphs),
            counted(facts->n_files, "file", files),
            facts->n_problems ? counted(facts->n_problems, "problem", problems)
                              : "all is well");
    if (facts->n_problems)
        fputs("'pilcrow repair' keeps what is not damaged\n", stderr);
}

int command_check(const struct settings *settings)
{
    struct buffer path = BUFFER_EMPTY;
    struct failure failure = {0};
    struct check_facts facts = {0};
    struct text_terms with = {NULL, NULL};
    const struct check_options options = {.problem = tell,
                                          .analyzer = analyzer_identity(),
                                          .terms = text_terms,
                                          .terms_context = &with};
    enum status status;

    if (settings->n_arguments) {
        report("check takes no argument; name the index with --database");
        return EXIT_USAGE;
    }
    status = writing_target(settings, &path, &failure);
    if (status == STATUS_OK)
        status = analyzer_new(&with.analyzer, &failure);
    if (status == STATUS_OK)
        status = lexicon_new(&with.lexicon, &failure);
    if (status == STATUS_OK)
        status = index_check(path.data, &options, &facts, &failure);
    if (status == STATUS_OK && !settings->quiet)
        summarize(&facts);
    lexicon_free(with.lexicon);
    analyzer_free(with.analyzer);
    buffer_release(&path);
    if (status != STATUS_OK)
        return report_failure(&failure);
    return facts.n_problems ? EXIT_CORRUPT : EXIT_FOUND;
}
