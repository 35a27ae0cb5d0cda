/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Anything as a line of JSON: what the quick scanner reads, jansson reads as
 * the same. */
#include <config.h>

#include "tests/json-line.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool quick;

    if (!json_line_agrees((struct bytes){(const char *)data, size}, &quick))
        abort();
    return 0;
}

#define FUZZ_SEEDS "tests/fuzz/seeds/json-line"
#include "tests/fuzz/fuzz.h"
