/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of the binding share: a database to look at, and ways to say
 * that a call works or fails. */
#ifndef TESTS_UNIT_XAPIAN_C_FIXTURE_H
#define TESTS_UNIT_XAPIAN_C_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "index/xapian-c/xapian-c.h"
#include "tests/asan.h"
#include "tests/tap.h"

/* Both arguments of a string constant, which may hold NUL. */
#define S(literal) "" literal, sizeof(literal) - 1

/* The last error of the call inside WORKS or FAILS. */
static xapian_error *error;

/* CALL, which passes &error, succeeds. */
#define WORKS(call) (forget(), works((call), #call))

/* CALL, which passes &error, ends with STATUS; the error stays to be looked at
 * until the next WORKS or FAILS. */
#define FAILS(status, call)             \
    do {                                \
        forget();                       \
        fails((call), (status), #call); \
    } while (0)

static inline void forget(void)
{
    xapian_error_free(error);
    error = NULL;
}

static inline bool works(xapian_status status, const char *call)
{
    bool fine = status == XAPIAN_OK && error == NULL;

    if (!fine) {
        ok(fine, "%.60s", call);
        printf("# %s: %s\n", xapian_status_name(status),
               xapian_error_message(error, NULL));
    }
    return fine;
}

static inline void fails(xapian_status status, xapian_status wanted,
                         const char *call)
{
    bool same = status == wanted && xapian_error_status(error) == wanted;

    ok(same, "%s from %.60s", xapian_status_name(wanted), call);
    if (!same)
        printf("# %s: %s\n", xapian_status_name(status),
               xapian_error_message(error, NULL));
}

/* DATA of LENGTH bytes is the LITERAL. DATA may be the call that sets LENGTH.
 */
#define IS(data, length, literal)                                 \
    do {                                                          \
        const char *is_data = (data);                             \
                                                                  \
        ok((length) == sizeof(literal) - 1 && is_data &&          \
               memcmp(is_data, "" literal, sizeof(literal)) == 0, \
           "%s is %s", #data, #literal);                          \
    } while (0)

/* The same for a string that is ours to free. */
#define IS_OWNED(data, length, literal) \
    do {                                \
        IS(data, length, literal);      \
        xapian_free(data);              \
        (data) = NULL;                  \
    } while (0)

/* Four documents: terms "common", "odd" or "even", "N1" … with positions,
 * values 0 ("v1" …) and 1 (the parity), data "one\0" and the like. */
static inline xapian_document *fixture_document(unsigned number)
{
    static const char data[4][5] = {"one", "two", "tri", "for"};
    const char *parity = number % 2 ? "odd" : "even";
    char name[4] = {'N', (char)('0' + number), '\0', '\0'};
    char value[2] = {'v', (char)('0' + number)};
    xapian_document *document = NULL;

    WORKS(xapian_document_new(&document, &error));
    WORKS(xapian_document_set_data(document, data[number - 1], 4, &error));
    WORKS(xapian_document_add_posting(document, S("common"), 1, 1, &error));
    WORKS(xapian_document_add_posting(document, parity, strlen(parity), 2,
                                      number, &error));
    WORKS(xapian_document_add_posting(document, name, 2, 3, 1, &error));
    WORKS(xapian_document_add_value(document, 0, value, 2, &error));
    WORKS(xapian_document_add_value(document, 1, parity, 1, &error));
    return document;
}

static inline xapian_writable_database *fixture_writable(const char *path)
{
    xapian_writable_database *writable = NULL;
    xapian_document *document;
    unsigned number;

    WORKS(xapian_writable_database_open(path, strlen(path),
                                        XAPIAN_DB_CREATE | XAPIAN_DB_NO_SYNC, 0,
                                        &writable, &error));
    for (number = 1; writable && number <= 4; number++) {
        document = fixture_document(number);
        WORKS(xapian_writable_database_add_document(writable, document, NULL,
                                                    &error));
        xapian_document_free(document);
    }
    WORKS(xapian_writable_database_commit(writable, &error));
    return writable;
}

static inline xapian_database *fixture_database(const char *path)
{
    xapian_writable_database *writable = fixture_writable(path);
    xapian_database *database = NULL;

    xapian_writable_database_free(writable);
    WORKS(xapian_database_open(path, strlen(path), 0, &database, &error));
    return database;
}

/* A new folder, in the current one, to work in. */
static inline void fixture_enter(char template[])
{
    if (!mkdtemp(template) || chdir(template) != 0) {
        perror(template);
        exit(99);
    }
}

static inline void fixture_leave(const char *folder)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf -- '%s'", folder);
    if (chdir("..") != 0 || system(command) != 0)
        perror(folder);
}

#endif
