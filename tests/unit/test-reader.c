/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Readers that misbehave: linked with foreign/reader_main.c this is a
 * pilcrow-reader whose "formats" are what worker-test.c asks for. The content
 * of a file is the argument. */
#include <config.h>

#include "src/document/foreign/readers.h"
#include "src/document/worker_protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile unsigned sink;

static enum status give(const struct block_receiver *receiver,
                        struct bytes text, struct failure *failure)
{
    const struct place place = {
        .text_length = text.length, .source_length = text.length, .page = 7};
    const struct block block = {.role = BLOCK_FOOTNOTE,
                                .level = 3,
                                .number = bytes_of("12"),
                                .name = bytes_of("annex"),
                                .text = text,
                                .places = &place,
                                .n_places = 1,
                                .unit = PLACE_BYTES};

    return receiver->block(receiver->context, &block, failure);
}

/* Whether something could be done, as a block: "done", or why not. */
static enum status give_result(const struct block_receiver *receiver, bool done,
                               struct failure *failure)
{
    return give(receiver, bytes_of(done ? "done" : strerrorname_np(errno)),
                failure);
}

#define READER(name)                                                      \
    static enum status name(__attribute__((unused)) struct bytes content, \
                            __attribute__((unused)) const char *called,   \
                            __attribute__((unused))                       \
                            const struct block_receiver *receiver,        \
                            __attribute__((unused)) struct failure *failure)

/* The facts, and all of the file as a block. */
READER(echo)
{
    const struct document_facts facts = {.symbol = bytes_of("A/RES/59/153"),
                                         .title = bytes_of("Title"),
                                         .date = bytes_of("2004-12-20"),
                                         .language = bytes_of("english"),
                                         .body = bytes_of("\xFF")};
    enum status status = receiver->document(receiver->context, &facts, failure);

    return status ? status : give(receiver, content, failure);
}

READER(crash)
{
    volatile int *volatile nowhere = NULL;

    give(receiver, bytes_of("half"), failure);
    *nowhere = 1;
    return STATUS_OK;
}

READER(give_up)
{
    abort();
}

READER(leave)
{
    exit(0);
}

READER(hang)
{
    while (content.length < SIZE_MAX)
        sink++;
    return STATUS_OK;
}

READER(wait_for_ever)
{
    while (content.length < SIZE_MAX)
        sleep(1000);
    return STATUS_OK;
}

static bool take_memory(void)
{
    static char *volatile memory; /* or a compiler leaves it all out */

    memory = malloc(1 << 20);
    if (memory)
        memset(memory, 1, 1 << 20);
    return memory;
}

/* As libraries do that check, and as those do that abort. */
READER(eat)
{
    while (take_memory())
        ;
    return fail_memory(failure);
}

READER(eat_and_abort)
{
    while (take_memory())
        ;
    abort();
}

/* Memory that is lost, half of what there is. */
READER(leak)
{
    static void *kept;

    kept = malloc(strtoull(content.data, NULL, 10));
    return kept ? STATUS_OK : fail_memory(failure);
}

READER(flood)
{
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH);
    enum status status = STATUS_OK;

    if (!text)
        return fail_memory(failure);
    memset(text, 'a', LENGTH);
    while (status == STATUS_OK)
        status = give(receiver, (struct bytes){text, LENGTH}, failure);
    return status;
}

/* The file is what is sent, frames or not. */
READER(raw)
{
    ssize_t written = write(READER_SOCKET, content.data, content.length);

    while (written > 0)
        sleep(1000);
    return STATUS_OK;
}

READER(refuse)
{
    return fail(failure, STATUS_INPUT, "%s: %.*s", called, (int)content.length,
                content.data);
}

READER(refuse_oddly)
{
    return fail(failure, STATUS_NO_INDEX, "%s: nonsense", called);
}

READER(open_file)
{
    char path[256];

    snprintf(path, sizeof path, "%.*s", (int)content.length, content.data);
    return give_result(receiver, open(path, O_RDONLY) >= 0, failure);
}

READER(write_file)
{
    char path[256];

    snprintf(path, sizeof path, "%.*s", (int)content.length, content.data);
    return give_result(receiver, open(path, O_WRONLY | O_CREAT, 0600) >= 0,
                       failure);
}

READER(open_socket)
{
    return give_result(receiver, socket(AF_INET, SOCK_STREAM, 0) >= 0, failure);
}

READER(have_child)
{
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    return give_result(receiver, child > 0, failure);
}

READER(run_program)
{
    char name[] = "true", *arguments[] = {name, NULL};

    execv("/bin/true", arguments);
    return give_result(receiver, false, failure);
}

READER(kill_parent)
{
    return give_result(receiver, kill(getppid(), 0) == 0, failure);
}

READER(make_code)
{
    void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return give_result(receiver, code != MAP_FAILED, failure);
}

/* How many files are open: nothing of the parent's may be. */
READER(count_files)
{
    char number[16];
    struct stat facts;
    int n = 0;

    for (int file = 0; file < 1000; file++)
        n += fstat(file, &facts) == 0;
    snprintf(number, sizeof number, "%d", n);
    return give(receiver, bytes_of(number), failure);
}

/* A format that the indexer recognises: a file "{\\rtf NAME…" is read by the
 * reader NAME, and any other is the text of a paragraph. */
READER(by_content)
{
    static const struct {
        const char *beginning;
        block_reader reader;
    } readers[] = {
        {"{\\rtf crash", crash},
        {"{\\rtf hang", hang},
        {"{\\rtf refuse", refuse},
        {"{\\rtf leave", leave},
    };

    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (content.length >= strlen(readers[i].beginning) &&
            memcmp(content.data, readers[i].beginning,
                   strlen(readers[i].beginning)) == 0)
            return readers[i].reader(content, called, receiver, failure);
    return give(receiver, content, failure);
}

block_reader foreign_reader(const char *name)
{
    static const struct {
        const char *name;
        block_reader reader;
    } readers[] = {
        {"echo", echo},
        {"crash", crash},
        {"give up", give_up},
        {"leave", leave},
        {"hang", hang},
        {"wait for ever", wait_for_ever},
        {"eat", eat},
        {"eat and abort", eat_and_abort},
        {"leak", leak},
        {"flood", flood},
        {"raw", raw},
        {"refuse", refuse},
        {"refuse oddly", refuse_oddly},
        {"open a file", open_file},
        {"write a file", write_file},
        {"open a socket", open_socket},
        {"have a child", have_child},
        {"run a program", run_program},
        {"kill the parent", kill_parent},
        {"make code", make_code},
        {"count files", count_files},
        {"RTF", by_content},
    };

    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(name, readers[i].name) == 0)
            return readers[i].reader;
    return NULL;
}
