/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow compact: make an index small and quick. */
#include <config.h>

#include "index/compact.h"
#include "src/cli/commands.h"
#include "src/cli/report.h"
#include "src/cli/writing.h"

#include <stdio.h>

static void summarize(const struct compact_facts *facts)
{
    char before[COUNTED_SIZE], after[COUNTED_SIZE], dropped[COUNTED_SIZE];

    fprintf(stderr, "%s before, %s now; %s dropped\n",
            counted(facts->n_segments_before, "segment", before),
            counted(facts->n_segments, "segment", after),
            counted(facts->n_dropped, "deleted paragraph", dropped));
}

int command_compact(const struct settings *settings)
{
    struct buffer path = BUFFER_EMPTY;
    struct failure failure = {0};
    struct compact_facts facts;
    enum status status;

    if (settings->n_arguments) {
        report("compact takes no argument; name the index with --database");
        return EXIT_USAGE;
    }
    status = writing_target(settings, &path, &failure);
    if (status == STATUS_OK)
        status = index_compact(path.data, (unsigned)settings->wait, &facts,
                               &failure);
    if (status == STATUS_OK && !settings->quiet)
        summarize(&facts);
    buffer_release(&path);
    return status == STATUS_OK ? EXIT_FOUND : report_failure(&failure);
}
