/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The main program of a fuzz target that is built without libFuzzer (with it:
 * configure --enable-fuzzing, as scripts/check does): it runs each file that is
 * named on the command line, else each of the target's seeds, as a test. Define
 * FUZZ_SEEDS, the folders of these under $srcdir, on a line that scripts/check
 * can read as well, before including this at the end of the target. */
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

static void fuzz_folder(const char *top, const char *folder)
{
    struct buffer pattern = BUFFER_EMPTY;
    glob_t found;

    buffer_append_format(&pattern, "%s/%s/*", top ? top : ".", folder);
    buffer_append_byte(&pattern, '\0');
    if (ok(!pattern.failed && glob(pattern.data, 0, NULL, &found) == 0,
           "there are seeds in %s", folder)) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            fuzz_file(found.gl_pathv[i]);
        globfree(&found);
    }
    buffer_release(&pattern);
}

int main(int argc, char **argv)
{
    static const char *const folders[] = {FUZZ_SEEDS};

    for (int i = 1; i < argc; i++)
        fuzz_file(argv[i]);
    for (size_t i = 0; argc == 1 && i < sizeof folders / sizeof *folders; i++)
        fuzz_folder(getenv("srcdir"), folders[i]);
    return tap_done();
}

#endif
#endif
