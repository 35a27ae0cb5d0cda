/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Talk, all of it on standard error, and the exit statuses. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

/* What the process ends with; pilcrow(1) lists them. */
enum exit_status {
    EXIT_FOUND = 0,
    EXIT_NOT_FOUND = 1,
    EXIT_USAGE = 2,
    EXIT_NO_INDEX = 3,
    EXIT_LOCKED = 4,
    EXIT_CORRUPT = 5,
    EXIT_SCHEMA = 6,
    EXIT_IO = 7,
    EXIT_INTERRUPTED = 130, /* as shells have it: 128 and SIGINT */
};

/* The exit status for STATUS; OK gives EXIT_FOUND. */
int exit_status_of(enum status status);

/* "pilcrow: " and a message, as printf makes it, and a line end. */
void report(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Report FAILURE and return its exit status. */
int report_failure(const struct failure *failure);

/* The same for a failure that QUERY caused, which stands in line LINE of FILE
 * (NULL: on the command line). Where it has a column, the query is shown with a
 * caret below it. */
int report_query_failure(const struct failure *failure, const char *file,
                         size_t line, struct bytes query);

/* Flush standard output and return STATUS; if what was written there could not
 * be written, EXIT_IO instead, with a report. That nobody reads any more (a
 * closed pipe) is no error. */
int finish_output(int status);

/* Whether standard output can take no more, so that work on it can end. */
int output_ended(void);

/* Now, in nanoseconds of a clock that only goes forward. */
uint64_t clock_now(void);

/* When the process began, by that clock; set by main. */
void clock_started(void);
double seconds_since_start(void);

/* "1 paragraph", "15 paragraphs": NUMBER, its thousands parted by commas, and
 * NOUN with an s where it is not one. Into TEXT, which it returns. */
enum { COUNTED_SIZE = 64 };
const char *counted(uint64_t number, const char *noun, char text[COUNTED_SIZE]);

#endif
