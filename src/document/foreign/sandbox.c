/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/foreign/sandbox.h"

#ifdef HAVE_LIBSECCOMP
#include <seccomp.h>
#endif

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif

/* Folders of tables, one file at a time, and what came from the parent. */
enum { MAX_FILES = 32 };

static bool limit(int resource, rlim_t value)
{
    const struct rlimit both = {value, value};

    return setrlimit(resource, &both) == 0;
}

/* RLIMIT_NPROC binds no process of root; there seccomp forbids children. The
 * limit of CPU time is the parent's to set, anew for each file. */
static bool set_limits(uint64_t memory)
{
    bool done = limit(RLIMIT_CORE, 0);

    done = limit(RLIMIT_FSIZE, 0) && done;
    done = limit(RLIMIT_NOFILE, MAX_FILES) && done;
    done = limit(RLIMIT_NPROC, 0) && done;
    if (SANDBOX_LIMITS_MEMORY)
        done = limit(RLIMIT_AS, (rlim_t)memory) && done;
    return done;
}

#if defined LANDLOCK_CREATE_RULESET_VERSION && \
    defined SYS_landlock_create_ruleset

/* The rules as Linux 6.12 knows them; the header may be older. A kernel takes
 * the members that it knows by the size that it is told. */
struct ruleset {
    uint64_t files, network, scope;
};

/* What each version of Landlock can forbid, from its documentation
 * (https://docs.kernel.org/userspace-api/landlock.html). */
static size_t ruleset_of_version(long version, struct ruleset *rules)
{
    unsigned n_file_rights = 13; /* up to MAKE_SYM */

    if (version >= 2)
        n_file_rights = 14; /* REFER */
    if (version >= 3)
        n_file_rights = 15; /* TRUNCATE */
    if (version >= 5)
        n_file_rights = 16; /* IOCTL_DEV */
    rules->files = (UINT64_C(1) << n_file_rights) - 1;
    rules->network = version >= 4 ? 3 : 0; /* bind and connect TCP */
    rules->scope = version >= 6 ? 3 : 0;   /* abstract sockets, signals */
    if (version >= 6)
        return sizeof *rules;
    return version >= 4 ? offsetof(struct ruleset, scope)
                        : offsetof(struct ruleset, network);
}

/* A folder that is not there needs no rule. */
static void allow_reading(int ruleset, const char *path)
{
    struct landlock_path_beneath_attr below = {
        .allowed_access =
            LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = open(path, O_PATH | O_CLOEXEC),
    };

    if (below.parent_fd < 0)
        return;
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &below,
            0);
    close(below.parent_fd);
}

static bool restrict_files(const char *const *readable)
{
    struct ruleset rules;
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
                           LANDLOCK_CREATE_RULESET_VERSION);
    int ruleset;
    bool done;

    if (version < 1)
        return false;
    ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules,
                           ruleset_of_version(version, &rules), 0);
    if (ruleset < 0)
        return false;
    for (; *readable; readable++)
        allow_reading(ruleset, *readable);
    done = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return done;
}

#else

static bool restrict_files(const char *const *readable)
{
    (void)readable;
    return false;
}

#endif

#ifdef HAVE_LIBSECCOMP

/* What takes no right to anything: memory, time, the process itself, and the
 * descriptors that it has. */
static const int harmless[] = {
    /* memory; mmap and mprotect see below */
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    /* descriptors */
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(getdents64),
    SCMP_SYS(lseek),
    SCMP_SYS(newfstatat),
    SCMP_SYS(pread64),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(recvmsg),
    SCMP_SYS(statx),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    /* time and chance */
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getrandom),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(nanosleep),
    SCMP_SYS(time),
    /* the process */
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(futex),
    SCMP_SYS(getpid),
    SCMP_SYS(getrusage),
    SCMP_SYS(gettid),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sysinfo),
};

/* Nothing that comes from a file can become code: no memory is executable that
 * is not so by now. */
static bool allow_memory(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp no_code =
        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                            no_code) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                            no_code) == 0;
}

/* abort() sends a signal; no other process gets one. */
static bool allow_abort(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) ==
           0;
}

static bool allow_opening(scmp_filter_ctx filter)
{
    const scmp_datum_t writing =
        O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;

    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0)) == 0;
}

static bool restrict_calls(bool files_are_guarded)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool done = filter;

    for (size_t i = 0; done && i < sizeof harmless / sizeof *harmless; i++) {
        int added = seccomp_rule_add(filter, SCMP_ACT_ALLOW, harmless[i], 0);

        /* EDOM: this architecture does not have it. */
        done = added == 0 || added == -EDOM;
    }
    done = done && allow_memory(filter) && allow_abort(filter);
    if (files_are_guarded)
        done = done && allow_opening(filter);
    done = done && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return done;
}

#else

static bool restrict_calls(bool files_are_guarded)
{
    (void)files_are_guarded;
    return false;
}

#endif

unsigned sandbox_enter(uint64_t memory, const char *const *readable)
{
    unsigned layers = 0;

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        layers |= SANDBOX_PRIVILEGES;
    if (restrict_files(readable))
        layers |= SANDBOX_LANDLOCK;
    if (set_limits(memory))
        layers |= SANDBOX_LIMITS;
    /* Last, since it forbids to set up the others. */
    if (restrict_calls(layers & SANDBOX_LANDLOCK))
        layers |= SANDBOX_SECCOMP;
    return layers;
}
