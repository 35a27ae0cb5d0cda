/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The binding when memory runs out: the same calls again and again, each time
 * with the next allocation failing, and all after it. Every call ends with a
 * status, OUT_OF_MEMORY the first time, and leaves nothing behind. */
#include <config.h>

#include "index/xapian-c/xapian-c.h"
#include "tests/tap.h"

#include <errno.h>
#include <stdlib.h>

/* How many allocations succeed before they fail; negative: all. */
static long allocations = -1;

/* glibc's own, which the one below stands in front of. */
void *__libc_malloc(size_t size);
__attribute__((visibility("default"))) void *malloc(size_t size)
{
    if (allocations == 0) {
        errno = ENOMEM;
        return NULL;
    }
    if (allocations > 0)
        allocations--;
    return __libc_malloc(size);
}

/* A call of the binding. Returns its status; *RESULT is what it made. */
static xapian_status make_query(xapian_query **query, xapian_error **error)
{
    static const char word[] = "a word too long for a string without memory";
    xapian_query *terms[2] = {NULL, NULL};
    xapian_status status;

    *query = NULL;
    status = xapian_query_new_term(word, sizeof word, 1, 1, &terms[0], error);
    if (!status)
        status = xapian_query_new_match_all(&terms[1], error);
    if (!status)
        status = xapian_query_new_combined(XAPIAN_OP_OR,
                                           (const xapian_query *const *)terms,
                                           2, 0, query, error);
    xapian_query_free(terms[0]);
    xapian_query_free(terms[1]);
    return status;
}

static xapian_status make_text(char **text, xapian_error **error)
{
    xapian_query *query = NULL;
    size_t length;
    xapian_status status = make_query(&query, error);

    *text = NULL;
    if (!status)
        status = xapian_query_description(query, text, &length, error);
    xapian_query_free(query);
    return status;
}

/* An error that is none of memory's, whose message needs some. */
static xapian_status make_error(xapian_error **error)
{
    xapian_database *database;

    return xapian_database_open("/dev/null/none", 14, 0, &database, error);
}

static void test_text(void)
{
    xapian_status status = XAPIAN_STOPPED;
    xapian_error *error;
    char *text;
    bool fine = true;
    long n;

    for (n = 0; fine && status != XAPIAN_OK && n < 1000; n++) {
        allocations = n;
        status = make_text(&text, &error);
        allocations = -1;
        fine = status == XAPIAN_OK
                   ? text && !error
                   : status == XAPIAN_OUT_OF_MEMORY && !text && error &&
                         xapian_error_status(error) == status;
        xapian_free(text);
        xapian_error_free(error);
    }
    ok(fine && n > 3, "a query and its text, %ld allocations", n - 1);
}

static void test_error(void)
{
    xapian_status status = XAPIAN_OUT_OF_MEMORY;
    xapian_error *error;
    bool fine = true, constant = false;
    long n;

    for (n = 0; fine && n < 1000; n++) {
        allocations = n;
        status = make_error(&error);
        allocations = -1;
        fine = status != XAPIAN_OK && error;
        constant |= status != xapian_error_status(error);
        if (status != XAPIAN_OUT_OF_MEMORY &&
            xapian_error_status(error) == status)
            break;
        xapian_error_free(error);
    }
    ok(fine && status != XAPIAN_OUT_OF_MEMORY, "an error, %ld allocations", n);
    ok(constant, "an error for which there was no memory");
    xapian_error_free(error);
}

int main(void)
{
    xapian_error *error;

    /* What is allocated once and kept, such as stdout's buffer. */
    ok(make_error(&error) != XAPIAN_OK, "an error with memory");
    xapian_error_free(error);
    test_text();
    test_error();
    return tap_done();
}
