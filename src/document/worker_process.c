/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/worker_process.h"

#include "src/document/worker_protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define READER "pilcrow-reader"

/* Where the program is, into PATH: in the folder of the running program, as
 * when it was built and not installed, else where it is installed. */
static void find_program(char path[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof READER);
    char *slash = length > 0 ? memrchr(path, '/', (size_t)length) : NULL;

    if (slash) {
        memcpy(slash + 1, READER, sizeof READER);
        if (access(path, X_OK) == 0)
            return;
    }
    snprintf(path, PATH_MAX, "%s", LIBEXEC_DIR "/" READER);
}

/* A process group of its own: what is typed at the terminal is for us. Signals
 * are as a new program expects them, whatever we do with ours. */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t signals;
    int error;

    sigemptyset(&signals);
    error = posix_spawnattr_setsigmask(attributes, &signals);
    sigfillset(&signals);
    sigdelset(&signals, SIGKILL);
    sigdelset(&signals, SIGSTOP);
    if (!error)
        error = posix_spawnattr_setsigdefault(attributes, &signals);
    if (!error)
        error = posix_spawnattr_setpgroup(attributes, 0);
    if (!error)
        error = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                            POSIX_SPAWN_SETSIGMASK);
    return error;
}

/* The socket, and nothing to read from or to talk to: libraries print their
 * complaints. The socket first, in case we were started without standard
 * streams and it has the number of one. */
static int set_files(posix_spawn_file_actions_t *actions, int socket)
{
    int error =
        posix_spawn_file_actions_adddup2(actions, socket, READER_SOCKET);

    for (int file = 0; file <= STDERR_FILENO && !error; file++)
        error = posix_spawn_file_actions_addopen(actions, file, "/dev/null",
                                                 O_RDWR, 0);
    return error;
}

/* Of the environment the process gets what finds libraries and what tells
 * sanitizers how to run, and no secrets. */
static void select_environment(char *selected[4])
{
    static const char *const names[] = {
        "LD_LIBRARY_PATH=", "ASAN_OPTIONS=", "UBSAN_OPTIONS="};
    size_t n = 0;

    for (size_t i = 0; i < 3; i++)
        for (char **variable = environ; *variable; variable++)
            if (strncmp(*variable, names[i], strlen(names[i])) == 0) {
                selected[n++] = *variable;
                break;
            }
    selected[n] = NULL;
}

static int spawn(pid_t *id, const char *program, uint64_t memory, int socket)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char name[] = READER, number[24], *environment[4];
    char *arguments[] = {name, number, NULL};
    int error = posix_spawn_file_actions_init(&actions);

    if (error)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    snprintf(number, sizeof number, "%" PRIu64, memory);
    select_environment(environment);
    error = set_attributes(&attributes);
    if (!error)
        error = set_files(&actions, socket);
    if (!error)
        error = posix_spawn(id, program, &actions, &attributes, arguments,
                            environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

enum status process_start(struct worker_process *process, const char *program,
                          uint64_t memory, struct failure *failure)
{
    char path[PATH_MAX];
    int pair[2], error;

    if (!program) {
        find_program(path);
        program = path;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
        return fail_errno(failure, STATUS_IO, errno, "cannot make a socket");
    error = spawn(&process->id, program, memory, pair[1]);
    close(pair[1]);
    if (error) {
        close(pair[0]);
        process->id = 0;
        return fail_errno(failure, STATUS_IO, error, "cannot run '%s'",
                          program);
    }
    /* Only ours: the flag belongs to one end. */
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    process->socket = pair[0];
    return STATUS_OK;
}

enum process_end process_stop(struct worker_process *process)
{
    int state = 0;
    pid_t got;

    if (!process->id)
        return PROCESS_FAILED;
    /* Its end of the socket closes after its fate is sealed, and SIGKILL then
     * changes nothing about it. */
    kill(process->id, SIGKILL);
    do
        got = waitpid(process->id, &state, 0);
    while (got < 0 && errno == EINTR);
    close(process->socket);
    *process = (struct worker_process){.id = 0, .socket = -1};
    if (got < 0)
        return PROCESS_FAILED;
    if (WIFEXITED(state) && WEXITSTATUS(state) == READER_OUT_OF_MEMORY)
        return PROCESS_OUT_OF_MEMORY;
    if (WIFSIGNALED(state) && WTERMSIG(state) == SIGXCPU)
        return PROCESS_OUT_OF_TIME;
    return PROCESS_FAILED;
}

bool process_stirs(const struct worker_process *process)
{
    struct pollfd wait = {.fd = process->socket, .events = POLLIN};

    return poll(&wait, 1, 0) != 0;
}

uint64_t process_size(const struct worker_process *process)
{
    char path[64], line[64];
    uint64_t n_pages = 0;
    ssize_t got;
    int file;

    snprintf(path, sizeof path, "/proc/%ld/statm", (long)process->id);
    file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    got = read(file, line, sizeof line - 1);
    close(file);
    if (got <= 0)
        return 0;
    line[got] = '\0';
    n_pages = strtoull(line, NULL, 10);
    return n_pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

void process_limit_time(const struct worker_process *process, unsigned seconds)
{
    struct timespec used;
    struct rlimit limit;
    clockid_t clock;

    if (clock_getcpuclockid(process->id, &clock) ||
        clock_gettime(clock, &used) ||
        prlimit(process->id, RLIMIT_CPU, NULL, &limit))
        return;
    limit.rlim_cur = (rlim_t)used.tv_sec + seconds + 1;
    prlimit(process->id, RLIMIT_CPU, &limit, NULL);
}

/* CONTENT as a file in memory that nobody can change any more; -1 and errno if
 * that fails. */
static int make_file(struct bytes content)
{
    int file = memfd_create("pilcrow", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    while (file >= 0 && content.length > 0) {
        ssize_t written = write(file, content.data, content.length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            int error = errno;

            close(file);
            errno = error;
            return -1;
        }
        content.data += written;
        content.length -= (size_t)written;
    }
    if (file >= 0)
        fcntl(file, F_ADD_SEALS,
              F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
    return file;
}

/* A request is small and the socket empty, so it goes out as a whole. */
static bool send_request(int socket, const struct reader_request *request,
                         int file)
{
    union {
        struct cmsghdr head;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {.space = {0}};
    struct iovec part = {(void *)(uintptr_t)request, sizeof *request};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    ssize_t sent;

    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    control.head.cmsg_len = CMSG_LEN(sizeof file);
    memcpy(CMSG_DATA(&control.head), &file, sizeof file);
    do
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof *request;
}

enum status process_ask(const struct worker_process *process,
                        const char *format, const char *name,
                        struct bytes content, struct failure *failure)
{
    struct reader_request request = {.format = {'\0'}};
    enum status status = STATUS_OK;
    int file = make_file(content);

    if (file < 0)
        return fail_errno(failure, STATUS_IO, errno, "%s: cannot be copied",
                          name);
    snprintf(request.format, sizeof request.format, "%s", format);
    if (!send_request(process->socket, &request, file))
        status = fail_errno(failure, STATUS_IO, errno,
                            "%s: cannot be handed to its reader", name);
    close(file);
    return status;
}
