/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The main program of a fuzz target that is built without libFuzzer: it runs
 * each file that is named on the command line, else each of the target's seeds,
 * as a test. Define FUZZ_SEEDS, the folder of these under $srcdir, before
 * including this, at the end of the target. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "tests/tap.h"

static void fuzz_file(const char *path)
{
    struct buffer content = BUFFER_EMPTY;
    FILE *file = fopen(path, "rb");
    size_t got = 1;

    while (file && got > 0 && buffer_reserve(&content, 65536)) {
        got = fread(content.data + content.length, 1, 65536, file);
        content.length += got;
    }
    if (ok(file && !content.failed, "%s", path))
        LLVMFuzzerTestOneInput((const uint8_t *)content.data, content.length);
    if (file)
        fclose(file);
    buffer_release(&content);
}

int main(int argc, char **argv)
{
    const char *top = getenv("srcdir");
    struct buffer pattern = BUFFER_EMPTY;
    glob_t found;
    size_t n;
    int i;

    for (i = 1; i < argc; i++)
        fuzz_file(argv[i]);
    if (argc > 1)
        return tap_done();
    buffer_append_format(&pattern, "%s/" FUZZ_SEEDS "/*", top ? top : ".");
    buffer_append_byte(&pattern, '\0');
    if (ok(!pattern.failed && glob(pattern.data, 0, NULL, &found) == 0,
           "there are seeds")) {
        for (n = 0; n < found.gl_pathc; n++)
            fuzz_file(found.gl_pathv[n]);
        globfree(&found);
    }
    buffer_release(&pattern);
    return tap_done();
}

#endif
#endif
