/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each promise of src/document/worker.h, by readers that misbehave (see
 * test-reader.c). What the machine cannot enforce is skipped. */
#include <config.h>

#include "src/document/worker.h"

#include "src/document/block_codec.h"
#include "src/document/foreign/sandbox.h"
#include "src/document/worker_protocol.h"
#include "tests/blocks.h"
#include "tests/tap.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char footnote[] = "footnote\t3\t12\tannex\t";

/* What came of the file last read. */
struct outcome {
    struct buffer blocks;
    struct failure failure;
    enum status status;
};

static void release(struct outcome *outcome)
{
    buffer_release(&outcome->blocks);
}

static struct outcome read_bytes(struct worker *worker, const char *format,
                                 struct bytes content)
{
    struct outcome outcome = {.blocks = BUFFER_EMPTY};
    const struct block_receiver receiver = blocks_receiver(&outcome.blocks);

    outcome.status = worker_read(worker, format, "dir/x.pdf", content,
                                 &receiver, &outcome.failure);
    return outcome;
}

/* Read a file of CONTENT: it has to end in STATUS and, unless that is
 * STATUS_OK, in the message WANTED; else its blocks have to be WANTED. NULL:
 * whatever. */
static void check(struct worker *worker, const char *format,
                  const char *content, enum status status, const char *wanted)
{
    struct outcome outcome = read_bytes(worker, format, bytes_of(content));

    if (!ok(outcome.status == status, "%s: status", format))
        printf("# got %u: %s\n", outcome.status, outcome.failure.message);
    if (wanted && outcome.status)
        is_bytes(bytes_of(outcome.failure.message), wanted, format);
    else if (wanted)
        is_bytes(buffer_bytes(&outcome.blocks), wanted, format);
    release(&outcome);
}

static void check_works(struct worker *worker)
{
    struct buffer wanted = BUFFER_EMPTY;

    buffer_append_string(&wanted, "document\tA/RES/59/153\tTitle\t2004-12-20"
                                  "\t\t\n");
    buffer_append_format(&wanted, "%sa text\n%c", footnote, '\0');
    check(worker, "echo", "a text", STATUS_OK, wanted.data);
    buffer_release(&wanted);
}

static void test_reading(struct worker *worker)
{
    ok(worker_process_id(worker) == 0, "no process starts before it is needed");
    check_works(worker);
    check(worker, "echo", "", STATUS_OK, NULL);
    check(worker, "no such", "", STATUS_INPUT,
          "dir/x.pdf: the reader of no such was not built in");
    check(worker, "refuse", "is encrypted", STATUS_INPUT,
          "dir/x.pdf: is encrypted");
}

static void test_repair(struct worker *worker)
{
    struct outcome outcome = read_bytes(
        worker, "echo", bytes_of("half \xED\xA0\x80 a pair, \xC3\xA9"));

    ok(outcome.status == STATUS_OK && outcome.blocks.length > 0 &&
           memmem(outcome.blocks.data, outcome.blocks.length,
                  "half ??? a pair, \xC3\xA9", 19),
       "what is not UTF-8 does not lose the file");
    release(&outcome);
}

static void test_reuse(struct worker *worker)
{
    const pid_t process = worker_process_id(worker);
    size_t n_good = 0;

    for (int i = 0; i < 1000; i++) {
        struct outcome outcome = read_bytes(worker, "echo", bytes_of("again"));

        n_good +=
            outcome.status == STATUS_OK && worker_process_id(worker) == process;
        release(&outcome);
    }
    ok(process && n_good == 1000, "one process reads 1000 files");
}

/* A long text comes through a socket in parts. */
static void test_long_text(struct worker *worker)
{
    enum { LENGTH = 20 << 20 };
    char *text = malloc(LENGTH);
    struct outcome outcome;

    if (!text)
        exit(1);
    memset(text, 'x', LENGTH);
    outcome = read_bytes(worker, "echo", (struct bytes){text, LENGTH});
    ok(outcome.status == STATUS_OK && outcome.blocks.length > LENGTH &&
           memcmp(outcome.blocks.data + outcome.blocks.length - 1 - LENGTH,
                  text, LENGTH) == 0,
       "a block of 20 MiB");
    release(&outcome);
    free(text);
}

static void test_failures(struct worker *worker)
{
    static const char crashed[] =
        "dir/x.pdf: reading it as %s crashed the reader";
    static const char *const crashes[] = {"crash", "give up", "leave"};
    char message[128];

    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        snprintf(message, sizeof message, "%s%s%s", "dir/x.pdf: reading it as ",
                 crashes[i], strrchr(crashed, '%') + 2);
        check(worker, crashes[i], "", STATUS_INPUT, message);
        ok(worker_process_id(worker) == 0, "its process is gone");
        check_works(worker);
    }
}

static void test_time(const char *program)
{
    const struct worker_options options = {.program = program, .seconds = 1};
    struct worker *worker;

    if (worker_new(&options, &worker, NULL))
        exit(1);
    check(worker, "hang", "", STATUS_INPUT,
          "dir/x.pdf: reading it as hang took longer than 1 s");
    ok(worker_process_id(worker) == 0, "its process is gone");
    check(worker, "wait for ever", "", STATUS_INPUT,
          "dir/x.pdf: reading it as wait for ever took longer than 1 s");
    worker_free(worker);
}

static void test_memory(struct worker *worker)
{
    pid_t process;

    if (!SANDBOX_LIMITS_MEMORY || !(worker_layers(worker) & SANDBOX_LIMITS)) {
        ok(true, "memory is not limited here # SKIP");
        return;
    }
    check(worker, "eat", "", STATUS_INPUT,
          "dir/x.pdf: reading it as eat needs more than 256 MiB of memory");
    check_works(worker);
    check(worker, "eat and abort", "", STATUS_INPUT,
          "dir/x.pdf: reading it as eat and abort needs more than 256 MiB of "
          "memory");
    check_works(worker);
    process = worker_process_id(worker);
    check(worker, "leak", "1000000", STATUS_OK, "");
    ok(worker_process_id(worker) == process, "a little is lost: it stays");
    check(worker, "leak", "100000000", STATUS_OK, "");
    ok(worker_process_id(worker) == 0, "much is lost: it goes");
    check_works(worker);
}

static void test_flood(const char *program)
{
    const struct worker_options options = {.program = program};
    struct worker *worker;
    struct outcome outcome;

    if (worker_new(&options, &worker, NULL))
        exit(1);
    outcome = read_bytes(worker, "flood", bytes_of(""));
    ok(outcome.status == STATUS_LIMIT, "text without end");
    is_bytes(bytes_of(outcome.failure.message),
             "dir/x.pdf: has more than 256 MiB of text", "its message");
    release(&outcome);
    worker_free(worker);
}

/* What a process says that was taken over. */
static void append_frame(struct buffer *frames, uint32_t kind,
                         const char *payload, size_t length)
{
    const struct frame_head head = {kind, (uint32_t)length};

    buffer_append(frames, (const char *)&head, sizeof head);
    buffer_append(frames, payload, length);
}

static void check_frames(struct worker *worker, struct buffer *frames,
                         const char *name)
{
    struct outcome outcome = read_bytes(worker, "raw", buffer_bytes(frames));

    ok(outcome.status == STATUS_INPUT, "hostile: %s", name);
    is_bytes(bytes_of(outcome.failure.message),
             "dir/x.pdf: reading it as raw gave a senseless answer", name);
    release(&outcome);
    buffer_clear(frames);
}

static void test_hostile_frames(struct worker *worker)
{
    const struct block block = {.text = bytes_of("text")};
    const struct block not_text = {.text = bytes_of("te\xFFxt")};
    const struct frame_head endless = {FRAME_BLOCK, UINT32_MAX};
    struct buffer frames = BUFFER_EMPTY, payload = BUFFER_EMPTY;

    append_frame(&frames, 99, "", 0);
    check_frames(worker, &frames, "a frame of no kind");
    append_frame(&frames, FRAME_READY, "\1", 1);
    check_frames(worker, &frames, "ready a second time");
    buffer_append(&frames, (const char *)&endless, sizeof endless);
    check_frames(worker, &frames, "a frame of 4 GiB");
    append_frame(&frames, FRAME_BLOCK, "", 0);
    check_frames(worker, &frames, "an empty block");
    append_frame(&frames, FRAME_FACTS, "\2", 1);
    check_frames(worker, &frames, "senseless facts");
    block_encode(&block, &payload);
    append_frame(&frames, FRAME_BLOCK, payload.data, payload.length - 1);
    check_frames(worker, &frames, "half a block");
    buffer_clear(&payload);
    block_encode(&not_text, &payload);
    append_frame(&frames, FRAME_BLOCK, payload.data, payload.length);
    check_frames(worker, &frames, "a text that is none");
    append_frame(&frames, FRAME_END, "", 0);
    check_frames(worker, &frames, "an end without a status");
    append_frame(&frames, FRAME_END, "\x0B", 1);
    check_frames(worker, &frames, "the reader says that we were interrupted");
    append_frame(&frames, FRAME_END, "\x08\x1B[2J", 5);
    check_frames(worker, &frames, "a message with an escape sequence");
    append_frame(&frames, FRAME_END, "\x08\xFF", 2);
    check_frames(worker, &frames, "a message that is no text");
    append_frame(&frames, FRAME_END, "\0", 1);
    append_frame(&frames, FRAME_END, "\0", 1);
    check_frames(worker, &frames, "two ends");
    check(worker, "refuse oddly", "", STATUS_INPUT,
          "dir/x.pdf: reading it as refuse oddly gave a senseless answer");
    check_works(worker);
    buffer_release(&frames);
    buffer_release(&payload);
}

/* FORMAT tries something that one of LAYERS forbids. */
static void check_forbidden(struct worker *worker, unsigned layers,
                            const char *format, const char *content)
{
    struct outcome outcome = read_bytes(worker, format, bytes_of(content));

    if (!(worker_layers(worker) & layers)) {
        ok(true, "%s # SKIP not enforced here", format);
    } else {
        ok(outcome.status == STATUS_OK && outcome.blocks.length > 0 &&
               !memmem(outcome.blocks.data, outcome.blocks.length, "done", 4),
           "forbidden: %s", format);
        printf("# %.*s", (int)outcome.blocks.length, outcome.blocks.data);
    }
    release(&outcome);
}

static void test_sandbox(struct worker *worker)
{
    const unsigned files = SANDBOX_LANDLOCK | SANDBOX_SECCOMP;
    struct buffer layers = BUFFER_EMPTY, wanted = BUFFER_EMPTY;
    char path[] = "/tmp/worker-test-XXXXXX";
    int file = mkstemp(path);

    ok(worker_start(worker, NULL) == STATUS_OK, "a process starts");
    worker_layers_append(worker_layers(worker), &layers);
    printf("# in force: %.*s\n", (int)layers.length, layers.data);
    /* The standard streams and the socket. */
    buffer_append_format(&wanted, "%s4\n%c", footnote, '\0');
    check(worker, "count files", "", STATUS_OK, wanted.data);
    check_forbidden(worker, files, "open a file", "/etc/passwd");
    check_forbidden(worker, files, "open a file", path);
    check_forbidden(worker, files, "open a file", "/");
    check_forbidden(worker, files, "open a file", "/proc/self/environ");
    check_forbidden(worker, files, "write a file", path);
    check_forbidden(worker, SANDBOX_SECCOMP, "open a socket", "");
    check_forbidden(worker, SANDBOX_SECCOMP, "have a child", "");
    check_forbidden(worker, SANDBOX_LANDLOCK | SANDBOX_SECCOMP, "run a program",
                    "");
    check_forbidden(worker, SANDBOX_SECCOMP, "kill the parent", "");
    check_forbidden(worker, SANDBOX_SECCOMP, "make code", "");
    if (file >= 0) {
        close(file);
        unlink(path);
    }
    buffer_release(&layers);
    buffer_release(&wanted);
}

static enum status stop_reading(void *context, const struct block *block,
                                struct failure *failure)
{
    (void)context;
    (void)block;
    return fail(failure, STATUS_LIMIT, "enough");
}

static void test_receiver_fails(struct worker *worker)
{
    struct buffer ignored = BUFFER_EMPTY;
    struct block_receiver receiver = blocks_receiver(&ignored);
    struct failure failure;

    receiver.block = stop_reading;
    ok(worker_read(worker, "echo", "x", bytes_of("y"), &receiver, &failure) ==
           STATUS_LIMIT,
       "what the receiver returns ends the reading");
    is_bytes(bytes_of(failure.message), "enough", "with its message");
    buffer_release(&ignored);
    check_works(worker);
}

static void test_killed_between(struct worker *worker)
{
    const pid_t process = worker_process_id(worker);

    kill(process, SIGKILL);
    usleep(100000);
    check_works(worker);
    ok(worker_process_id(worker) != process, "a killed process is replaced");
}

/* Be a process that has a file read that takes for ever; tell the reader's
 * process to OUT. */
static void wait_for_reader(const struct worker_options *options, int out)
{
    struct worker *worker;
    pid_t process = 0;

    if (worker_new(options, &worker, NULL) == STATUS_OK &&
        worker_start(worker, NULL) == STATUS_OK)
        process = worker_process_id(worker);
    if (write(out, &process, sizeof process) == (ssize_t)sizeof process)
        (void)read_bytes(worker, "wait for ever", bytes_of(""));
    _exit(1);
}

/* Whoever loses its parent becomes ours, and can be waited for. */
static void test_dies_with_parent(const struct worker_options *options)
{
    pid_t parent, process = 0;
    int pair[2], state = 0;

    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) || pipe(pair)) {
        ok(true, "dies with its parent # SKIP cannot be seen here");
        return;
    }
    parent = fork();
    if (parent == 0)
        wait_for_reader(options, pair[1]);
    ok(read(pair[0], &process, sizeof process) == (ssize_t)sizeof process &&
           process > 0,
       "another process has a worker");
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    ok(process > 0 && waitpid(process, &state, 0) == process,
       "its reader dies when it is killed");
    close(pair[0]);
    close(pair[1]);
}

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static void test_interrupted(const char *program)
{
    const struct worker_options options = {.program = program,
                                           .interrupted = &interrupted};
    const struct sigaction action = {.sa_handler = interrupt};
    struct worker *worker;
    struct outcome outcome;

    if (worker_new(&options, &worker, NULL))
        exit(1);
    sigaction(SIGALRM, &action, NULL);
    alarm(1);
    outcome = read_bytes(worker, "hang", bytes_of(""));
    ok(outcome.status == STATUS_INTERRUPTED, "a signal ends the wait");
    release(&outcome);
    worker_free(worker);
}

static void test_no_program(const char *program, const char *name)
{
    const struct worker_options options = {.program = program};
    struct worker *worker;
    struct outcome outcome;

    if (worker_new(&options, &worker, NULL))
        exit(1);
    outcome = read_bytes(worker, "echo", bytes_of(""));
    ok(outcome.status == STATUS_IO, "%s", name);
    printf("# %s\n", outcome.failure.message);
    release(&outcome);
    worker_free(worker);
}

int main(int argc, char **argv)
{
    struct worker_options options = {.memory = 256 << 20};
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 32);
    char *slash = length > 0 ? memrchr(program, '/', (size_t)length) : program;
    struct worker *worker;

    strcpy(slash ? slash + 1 : program, "test-reader");
    options.program = argc > 1 ? argv[1] : program;
    if (worker_new(&options, &worker, NULL))
        return 1;
    test_reading(worker);
    test_repair(worker);
    test_reuse(worker);
    test_long_text(worker);
    test_failures(worker);
    test_memory(worker);
    test_hostile_frames(worker);
    test_sandbox(worker);
    test_receiver_fails(worker);
    test_killed_between(worker);
    test_dies_with_parent(&options);
    worker_free(worker);
    test_time(options.program);
    test_flood(options.program);
    test_interrupted(options.program);
    test_no_program("/nowhere/pilcrow-reader", "there is no program");
    test_no_program("/bin/true", "a program that is another one");
    return tap_done();
}
