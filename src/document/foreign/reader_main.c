/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pilcrow-reader: the process in which files of foreign formats are parsed.
 *
 *   pilcrow-reader MEMORY
 *
 * It is run by pilcrow (see worker.h), with a socket as descriptor 3 and
 * MEMORY the bytes of address space that it may take. It gives up what it can
 * (see sandbox.h) and then answers requests (see worker_protocol.h) until the
 * socket closes. It is a program of its own so that the libraries that
 * parse are loaded by no other one, and so that nothing of the indexer, not its
 * memory and not its open files, is within their reach.
 *
 * That a library crashes, or ends the process when memory is short, is
 * expected; whoever runs it sees that it is gone. */
#include <config.h>

#include "src/document/block_codec.h"
#include "src/document/foreign/readers.h"
#include "src/document/foreign/sandbox.h"
#include "src/document/worker_protocol.h"
#include "src/text/utf8.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef POPPLER_DATA_DIR
#define POPPLER_DATA_DIR "/usr/share/poppler"
#endif

enum {
    /* Frames are gathered until there is so much of them. */
    FLUSH_BYTES = 64 << 10,
    /* Memory is short if so much more cannot be had. */
    SHORT_MEMORY = 16 << 20,
};

/* libpoppler looks up the tables of character sets when a PDF names one; all
 * else that the libraries need is in them. */
static const char *const readable[] = {POPPLER_DATA_DIR, NULL};

/* What is sent, and not yet. */
struct answer {
    struct buffer frames;
    struct buffer text, number; /* repaired copies */
};

static void flush(struct answer *answer)
{
    const char *data = answer->frames.data;
    size_t left = answer->frames.length;

    while (left > 0) {
        ssize_t written = write(READER_SOCKET, data, left);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            _exit(EXIT_FAILURE); /* nobody is there to be told */
        data += written;
        left -= (size_t)written;
    }
    buffer_clear(&answer->frames);
}

/* Begin a frame; what is appended to answer->frames up to end_frame is its
 * payload. Returns where it begins. */
static size_t begin_frame(struct answer *answer, enum frame_kind kind)
{
    const struct frame_head head = {.kind = kind};
    size_t start = answer->frames.length;

    buffer_append(&answer->frames, (const char *)&head, sizeof head);
    return start;
}

static enum status end_frame(struct answer *answer, size_t start,
                             struct failure *failure)
{
    struct frame_head head;
    size_t length;

    if (answer->frames.failed)
        return fail_memory(failure);
    length = answer->frames.length - start - sizeof head;
    if (length > FRAME_MAX_BYTES) {
        answer->frames.length = start;
        return fail(failure, STATUS_LIMIT,
                    READER_NAME ": a paragraph is longer than %d bytes",
                    (int)FRAME_MAX_BYTES);
    }
    memcpy(&head, answer->frames.data + start, sizeof head);
    head.length = (uint32_t)length;
    memcpy(answer->frames.data + start, &head, sizeof head);
    if (answer->frames.length >= FLUSH_BYTES)
        flush(answer);
    return STATUS_OK;
}

/* TEXT, or if it is not UTF-8 a copy with '?' for each wrong byte, so that
 * places stay right. Files can make libraries give such (half of a surrogate
 * pair in a PDF), and one wrong character is no reason to lose the file. */
static struct bytes repaired(struct bytes text, struct buffer *copy)
{
    size_t i = 0;

    if (utf8_valid(text.data, text.length))
        return text;
    buffer_clear(copy);
    while (i < text.length) {
        char32_t character;
        size_t length = utf8_decode(text.data + i, text.length - i, &character);

        if (utf8_valid(text.data + i, length))
            buffer_append(copy, text.data + i, length);
        else
            while (copy->length < i + length && !copy->failed)
                buffer_append_byte(copy, '?');
        i += length;
    }
    return buffer_bytes(copy);
}

/* A fact that is not UTF-8 is none. */
static struct bytes sound_fact(struct bytes fact)
{
    return utf8_valid(fact.data, fact.length) ? fact : bytes_of("");
}

static enum status send_facts(void *context, const struct document_facts *facts,
                              struct failure *failure)
{
    struct answer *answer = context;
    const struct document_facts sound = {
        .symbol = sound_fact(facts->symbol),
        .title = sound_fact(facts->title),
        .date = sound_fact(facts->date),
        .language = sound_fact(facts->language),
        .body = sound_fact(facts->body),
    };
    size_t start = begin_frame(answer, FRAME_FACTS);

    facts_encode(&sound, &answer->frames);
    return end_frame(answer, start, failure);
}

static enum status send_block(void *context, const struct block *block,
                              struct failure *failure)
{
    struct answer *answer = context;
    struct block sound = *block;
    size_t start = begin_frame(answer, FRAME_BLOCK);

    sound.text = repaired(block->text, &answer->text);
    sound.number = repaired(block->number, &answer->number);
    if (answer->text.failed || answer->number.failed)
        return fail_memory(failure);
    block_encode(&sound, &answer->frames);
    return end_frame(answer, start, failure);
}

/* An answer that has failed for want of memory still has its end: it begins
 * anew, in the memory that is there. */
static void send_end(struct answer *answer, enum status status,
                     const char *message)
{
    size_t start;

    if (answer->frames.failed)
        buffer_release(&answer->frames);
    start = begin_frame(answer, FRAME_END);
    buffer_append_varint(&answer->frames, status);
    if (status)
        buffer_append_string(&answer->frames, message);
    if (end_frame(answer, start, NULL))
        _exit(READER_OUT_OF_MEMORY);
    flush(answer);
}

/* What FILE holds; *CONTENT is to be unmapped. False if memory is short. */
static bool map_file(int file, struct bytes *content)
{
    struct stat facts;
    void *data;

    *content = bytes_of("");
    if (fstat(file, &facts))
        return false;
    if (facts.st_size == 0)
        return true;
    data = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (data == MAP_FAILED)
        return false;
    *content = (struct bytes){data, (size_t)facts.st_size};
    return true;
}

static enum status read_content(const char *format, struct bytes content,
                                struct answer *answer, struct failure *failure)
{
    const struct block_receiver receiver = {send_facts, send_block, answer};
    block_reader reader = foreign_reader(format);

    if (!reader)
        return fail(failure, STATUS_INPUT,
                    READER_NAME ": the reader of %s was not built in", format);
    return reader(content, READER_NAME, &receiver, failure);
}

static void serve(const char *format, int file)
{
    struct answer answer = {.frames = BUFFER_EMPTY};
    struct failure failure = {.status = STATUS_OK};
    struct bytes content;
    enum status status;
    bool mapped = map_file(file, &content);

    close(file);
    status = mapped ? read_content(format, content, &answer, &failure)
                    : fail_memory(&failure);
    send_end(&answer, status, failure.message);
    if (mapped && content.length > 0)
        munmap((void *)(uintptr_t)content.data, content.length);
    buffer_release(&answer.frames);
    buffer_release(&answer.text);
    buffer_release(&answer.number);
}

/* Wait for a request and the file that belongs to it. False at the end. */
static bool receive_request(struct reader_request *request, int *file)
{
    union {
        struct cmsghdr head;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {.space = {0}};
    struct iovec part = {request, sizeof *request};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    const struct cmsghdr *head;
    ssize_t got;

    do
        got = recvmsg(READER_SOCKET, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    head = CMSG_FIRSTHDR(&message);
    if (got != (ssize_t)sizeof *request || !head ||
        head->cmsg_type != SCM_RIGHTS ||
        head->cmsg_len != CMSG_LEN(sizeof *file))
        return false;
    memcpy(file, CMSG_DATA(head), sizeof *file);
    request->format[sizeof request->format - 1] = '\0';
    return true;
}

/* Libraries abort or run into a NULL pointer where memory is short. That is
 * told apart here from a crash for another reason, by asking for some. */
static void end_by_signal(int number)
{
    void *probe = mmap(NULL, SHORT_MEMORY, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (probe == MAP_FAILED)
        _exit(READER_OUT_OF_MEMORY);
    raise(number); /* SA_RESETHAND: the default is in force again */
}

static void catch_signals(void)
{
    static const int crashes[] = {SIGABRT, SIGBUS, SIGILL, SIGSEGV, SIGTRAP};
    static char stack[16 << 10]; /* one that has not overflowed */
    const stack_t spare = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = end_by_signal};

    if (!SANDBOX_LIMITS_MEMORY)
        return; /* AddressSanitizer has its own handlers */
    action.sa_flags = (int)SA_RESETHAND | SA_NODEFER | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    if (sigaltstack(&spare, NULL))
        return;
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        sigaction(crashes[i], &action, NULL);
}

/* Close what else whoever runs us has left open. */
static void close_others(void)
{
    long n_files = sysconf(_SC_OPEN_MAX);

#ifdef SYS_close_range
    if (syscall(SYS_close_range, READER_SOCKET + 1, ~0U, 0) == 0)
        return;
#endif
    /* A bound for where there is none: it is not worth minutes. */
    for (int file = READER_SOCKET + 1; file < n_files && file < 65536; file++)
        close(file);
}

int main(int argc, char **argv)
{
    static const char usage[] =
        "pilcrow-reader: is run by pilcrow, and of no use otherwise\n";
    struct answer answer = {.frames = BUFFER_EMPTY};
    struct reader_request request;
    struct stat facts;
    size_t start;
    int file;

    if (argc != 2 || fstat(READER_SOCKET, &facts) || !S_ISSOCK(facts.st_mode)) {
        ssize_t written = write(STDERR_FILENO, usage, sizeof usage - 1);
        return written < 0 ? EXIT_FAILURE : 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close_others();
    catch_signals();
    start = begin_frame(&answer, FRAME_READY);
    buffer_append_varint(&answer.frames,
                         sandbox_enter(strtoull(argv[1], NULL, 10), readable));
    if (end_frame(&answer, start, NULL))
        return EXIT_FAILURE;
    flush(&answer);
    buffer_release(&answer.frames);
    while (receive_request(&request, &file))
        serve(request.format, file);
    /* Not by exit(): what libraries do at the end has no use any more. */
    _exit(EXIT_SUCCESS);
}
