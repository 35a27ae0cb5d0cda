/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/xapian_failure.h"

#include <stdbool.h>
#include <stddef.h>

/* IS_SYSTEM: the system gave a reason, such as a full disk. */
static enum status translate(xapian_status status, bool is_system)
{
    switch (status) {
    case XAPIAN_OK: return STATUS_OK;

    case XAPIAN_OUT_OF_MEMORY: return STATUS_MEMORY;
    case XAPIAN_DATABASE_LOCK_ERROR: return STATUS_LOCKED;
    case XAPIAN_STOPPED: return STATUS_INTERRUPTED;

    case XAPIAN_DATABASE_NOT_FOUND_ERROR: return STATUS_NO_INDEX;
    case XAPIAN_DATABASE_OPENING_ERROR:
        return is_system ? STATUS_IO : STATUS_NO_INDEX;

    case XAPIAN_DATABASE_CREATE_ERROR:
    case XAPIAN_DATABASE_MODIFIED_ERROR:
    case XAPIAN_DATABASE_CLOSED_ERROR:
    case XAPIAN_NETWORK_ERROR:
    case XAPIAN_NETWORK_TIMEOUT_ERROR: return STATUS_IO;

    /* What the query asks for is more than Xapian can do. */
    case XAPIAN_INVALID_ARGUMENT_ERROR:
    case XAPIAN_INVALID_OPERATION_ERROR:
    case XAPIAN_UNIMPLEMENTED_ERROR:
    case XAPIAN_QUERY_PARSER_ERROR:
    case XAPIAN_WILDCARD_ERROR: return STATUS_LIMIT;

    case XAPIAN_DATABASE_ERROR: return is_system ? STATUS_IO : STATUS_CORRUPT;

    /* Glass has no checksums: damage shows as anything. */
    case XAPIAN_DATABASE_CORRUPT_ERROR:
    case XAPIAN_DATABASE_VERSION_ERROR:
    case XAPIAN_FEATURE_UNAVAILABLE_ERROR:
    case XAPIAN_DOC_NOT_FOUND_ERROR:
    case XAPIAN_SERIALISATION_ERROR:
    case XAPIAN_RANGE_ERROR:
    case XAPIAN_ASSERTION_ERROR:
    case XAPIAN_INTERNAL_ERROR:
    case XAPIAN_OTHER_ERROR:
    case XAPIAN_STD_EXCEPTION:
    case XAPIAN_UNKNOWN_ERROR: return STATUS_CORRUPT;
    }
    return STATUS_CORRUPT;
}

enum status fail_xapian(struct failure *failure, xapian_error *error,
                        const char *subject)
{
    const char *reason = xapian_error_string(error, NULL);
    enum status status = translate(xapian_error_status(error), *reason != '\0');

    if (status == STATUS_MEMORY)
        fail_memory(failure);
    else if (status != STATUS_OK)
        fail(failure, status, "'%s': %s%s%s", subject,
             xapian_error_message(error, NULL), *reason ? ": " : "", reason);
    xapian_error_free(error);
    return status;
}
