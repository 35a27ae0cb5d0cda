/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walking through folders: order, links, what is left out and reported. */
#include <config.h>

#include "src/document/walk.h"

#include "base/buffer.h"
#include "tests/folder.h"
#include "tests/tap.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status list(void *context, const struct walk_file *file,
                        struct failure *failure)
{
    (void)failure;
    if (file->is_regular != (file->modified > 0))
        abort();
    buffer_append_format(context, "%s %u\n", file->path, (unsigned)file->size);
    return STATUS_OK;
}

static void complain(void *context, const char *path, const char *reason)
{
    buffer_append_format(context, "%s: %s\n", path, reason);
}

static void make(const char *path, const char *content)
{
    FILE *file = fopen(path, "w");

    if (!file || fputs(content, file) < 0 || fclose(file) != 0)
        abort();
}

/* Walk from ARGUMENT and compare what came. */
static void walks(const char *argument, const char *expected)
{
    struct buffer out = BUFFER_EMPTY;
    struct walk_receiver receiver = {
        .file = list, .problem = complain, .context = &out};

    ok(walk_files(&argument, 1, &receiver, NULL) == STATUS_OK, "'%s' is walked",
       argument);
    is_bytes(buffer_bytes(&out), expected, argument);
    buffer_release(&out);
}

static void build(void)
{
    if (mkdir("t", 0755) || mkdir("t/sub", 0755) || mkdir("t/sub/deep", 0755) ||
        mkdir("t/.git", 0755) || symlink("..", "t/sub/loop") ||
        symlink("../a", "t/sub/link") || symlink("nowhere", "t/broken") ||
        symlink("t/sub", "into") || mkfifo("t/pipe", 0600))
        abort();
    if (mkdir("t/notes.index", 0755) ||
        mkdir("t/notes.index/segment-000001", 0755))
        abort();
    make("t/notes.index/XAPIANDB", "# pilcrow 2\n");
    make("t/notes.index/segment-000001/docdata.glass", "?");
    make("t/b", "bb");
    make("t/a", "a");
    make("t/Z", "");
    make("t/.hidden", "x");
    make("t/.git/config", "x");
    make("t/sub.txt", "sub");
    make("t/sub/deep/c", "ccc");
    make("-", "dash");
}

static const char whole[] = "t/Z 0\nt/a 1\nt/b 2\n"
                            "t/broken: No such file or directory\n"
                            "t/pipe: not a regular file, skipped\n"
                            "t/sub/deep/c 3\nt/sub/link 1\nt/sub.txt 3\n";

static void test_unreadable(void)
{
    if (geteuid() == 0) {
        ok(true, "unreadable folder # SKIP root reads everything");
        return;
    }
    chmod("t/sub/deep", 0);
    walks("t/sub", "t/sub/deep: Permission denied\nt/sub/link 1\n");
    chmod("t/sub/deep", 0755);
}

/* Deeper than any path can be. */
static void test_depth(void)
{
    static const char name[] =
        "0123456789012345678901234567890123456789012345678901234567890123456789"
        "012345678901234567890123456789012345678901234567890123456789012345678"
        "9";
    struct buffer out = BUFFER_EMPTY;
    struct walk_receiver receiver = {
        .file = list, .problem = complain, .context = &out};
    const char *argument = "deep";
    size_t n = 0;

    if (mkdir("deep", 0755) || chdir("deep"))
        abort();
    while (n < 40 && mkdir(name, 0755) == 0 && chdir(name) == 0)
        n++;
    while (n > 0 && chdir("..") == 0)
        n--;
    ok(chdir("..") == 0 &&
           walk_files(&argument, 1, &receiver, NULL) == STATUS_OK,
       "a folder too deep");
    ok(out.length > 18 && memmem(out.data, out.length, ": File name too long",
                                 strlen(": File name too long")),
       "is reported");
    buffer_release(&out);
}

static void test_below(void)
{
    static const struct {
        const char *folder, *path;
        bool is_below;
    } cases[] = {
        {"a", "a", true},     {"a", "a/b", true},       {"a", "ab", false},
        {"a", "b/a", false},  {"a", "a/../b", false},   {"a", "a/..b", true},
        {".", "a", true},     {".", "/a", false},       {".", "../a", false},
        {"/", "/a/b", true},  {"/", "a", false},        {"/a", "/a/b", true},
        {"..", "../a", true}, {"..", "../../a", false}, {"a/b", "a", false},
        {".", "./-", true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ok(walk_is_below(cases[i].folder, bytes_of(cases[i].path)) ==
               cases[i].is_below,
           "'%s' and '%s'", cases[i].folder, cases[i].path);
}

int main(void)
{
    folder_make("walk-test");
    if (chdir(folder))
        abort();
    build();
    walks("t", whole);
    walks("./t/", whole);
    walks("t/notes.index", "t/notes.index: is an index\n");
    walks(".//t/./sub/", "t/sub/deep/c 3\nt/sub/link 1\n");
    walks("into", "into/deep/c 3\ninto/link 1\n");
    walks("t/.hidden", "t/.hidden 1\n");
    walks("t/pipe", "t/pipe 0\n");
    walks("t/b/", "t/b 2\n");
    walks("-", "- 0\n");
    walks("./-", "./- 4\n");
    walks("nowhere", "nowhere: No such file or directory\n");
    walks("", ": No such file or directory\n");
    ok(chdir("t") == 0, "inside");
    walks(".", "Z 0\na 1\nb 2\nbroken: No such file or directory\n"
               "pipe: not a regular file, skipped\n"
               "sub/deep/c 3\nsub/link 1\nsub.txt 3\n");
    ok(chdir("..") == 0, "outside");
    test_below();
    test_unreadable();
    test_depth();
    if (chdir("/"))
        return 1;
    folder_remove();
    return tap_done();
}
