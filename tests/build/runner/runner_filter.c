/* SPDX-License-Identifier: GPL-3.0-or-later
 * System calls that a build may make. A shared object computes: it gets the few calls that memory,
 * threads and reading files need, and any other ends it with its name. A command brings a language
 * runtime with it: it gets everything but what reaches out of its process. */
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <unistd.h>

#define NAME(call) SCMP_SYS(call)

enum { WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC };

static void check(int status)
{
    if (status != 0) {
        runner_last_words(OPTCERT_TOOL, "cannot set up the system call filter (%d)", status);
    }
}

static scmp_filter_ctx start(uint32_t otherwise)
{
    scmp_filter_ctx filter = seccomp_init(otherwise);
    if (filter == NULL) {
        runner_last_words(OPTCERT_TOOL, "cannot set up the system call filter");
    }
    return filter;
}

static void finish(scmp_filter_ctx filter)
{
    check(seccomp_load(filter));
    seccomp_release(filter);
}

static void rules(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check(seccomp_rule_add(filter, action, calls[i], 0));
    }
}

/* clang-format off */
/* Allowed to a shared object without a look at the arguments. */
static const int computing[] = {
    NAME(read), NAME(write), NAME(readv), NAME(writev), NAME(pread64), NAME(close), NAME(lseek),
    NAME(fstat), NAME(stat), NAME(lstat), NAME(newfstatat), NAME(statx), NAME(statfs), NAME(access),
    NAME(faccessat), NAME(faccessat2), NAME(readlink), NAME(readlinkat), NAME(getcwd), NAME(getdents64),
    NAME(mmap), NAME(munmap), NAME(mprotect), NAME(mremap), NAME(madvise), NAME(brk), NAME(membarrier),
    NAME(futex), NAME(set_robust_list), NAME(get_robust_list), NAME(rseq), NAME(set_tid_address),
    NAME(sched_yield), NAME(sched_getaffinity), NAME(getcpu), NAME(arch_prctl), NAME(nanosleep),
    NAME(clock_nanosleep), NAME(clock_gettime), NAME(clock_getres), NAME(gettimeofday), NAME(time),
    NAME(times), NAME(getrusage), NAME(getpid), NAME(gettid), NAME(getppid), NAME(getuid), NAME(geteuid),
    NAME(getgid), NAME(getegid), NAME(uname), NAME(sysinfo), NAME(getrandom), NAME(rt_sigprocmask),
    NAME(rt_sigreturn), NAME(sigaltstack), NAME(exit), NAME(exit_group), NAME(poll), NAME(ppoll),
    NAME(pause)};

/* Harmless attempts of libraries that are told "no" instead of ending the build. */
static const int refused[] = {
    NAME(ioctl), NAME(prctl), NAME(mbind), NAME(set_mempolicy), NAME(get_mempolicy), NAME(mlock),
    NAME(sched_setaffinity), NAME(personality)};
/* clang-format on */

void runner_filter_shared(void)
{
    scmp_filter_ctx filter = start(SCMP_ACT_TRAP);
    const struct scmp_arg_cmp to_self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
    const struct scmp_arg_cmp on_socket = SCMP_A0(SCMP_CMP_EQ, OPTCERT_WIRE_SOCKET);
    rules(filter, SCMP_ACT_ALLOW, computing, sizeof computing / sizeof computing[0]);
    rules(filter, SCMP_ACT_ERRNO(EPERM), refused, sizeof refused / sizeof refused[0]);
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(recvfrom), 1, on_socket));
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(sendto), 1, on_socket));
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(tgkill), 1, to_self)); /* abort, raise */
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, WRITING, 0)));
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, WRITING, 0)));
    check(
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0))); /* ask only */
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_GETFL)));
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_GETFD)));
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_SETFD)));
    /* Threads yes, processes no; clone3's flags cannot be seen, so libc falls back to clone. */
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(clone), 1,
                           SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)));
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), NAME(clone3), 0));
    /* Signals 32 and 33 are libc's own, for threads; the runner's handlers of the others stay. */
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(rt_sigaction), 1, SCMP_A0(SCMP_CMP_EQ, 32)));
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, NAME(rt_sigaction), 1, SCMP_A0(SCMP_CMP_EQ, 33)));
    finish(filter);
}

/* clang-format off */
/* What a command may not do: talk to others, make processes, leave its group, change files' rights,
 * look into other processes, administer the machine. */
static const int reaching_out[] = {
    NAME(socket), NAME(fork), NAME(vfork), NAME(setsid), NAME(setpgid), NAME(ptrace),
    NAME(process_vm_readv), NAME(process_vm_writev), NAME(pidfd_open), NAME(pidfd_getfd),
    NAME(pidfd_send_signal), NAME(tkill), NAME(rt_sigqueueinfo), NAME(rt_tgsigqueueinfo), NAME(chmod),
    NAME(fchmod), NAME(fchmodat), NAME(chown), NAME(fchown), NAME(lchown), NAME(fchownat), NAME(setxattr),
    NAME(lsetxattr), NAME(fsetxattr), NAME(removexattr), NAME(utime), NAME(utimes), NAME(utimensat),
    NAME(futimesat), NAME(mount), NAME(umount2), NAME(pivot_root), NAME(chroot), NAME(unshare),
    NAME(setns), NAME(reboot), NAME(swapon), NAME(swapoff), NAME(bpf), NAME(perf_event_open),
    NAME(userfaultfd), NAME(keyctl), NAME(add_key), NAME(request_key), NAME(io_uring_setup),
    NAME(init_module), NAME(finit_module), NAME(delete_module), NAME(kexec_load), NAME(settimeofday),
    NAME(clock_settime), NAME(adjtimex), NAME(clock_adjtime), NAME(mknod), NAME(mknodat),
    NAME(open_by_handle_at), NAME(shmget), NAME(semget), NAME(msgget), NAME(mq_open), NAME(setpriority),
    NAME(setuid), NAME(setgid), NAME(setreuid), NAME(setregid), NAME(setresuid), NAME(setresgid),
    NAME(setrlimit), NAME(sched_setscheduler), NAME(sched_setattr), NAME(acct), NAME(quotactl)};

/* For a command on a kernel without Landlock: writing cannot be confined to a folder, so there is none. */
static const int changing_files[] = {
    NAME(creat), NAME(openat2), NAME(unlink), NAME(unlinkat), NAME(rename), NAME(rmdir), NAME(mkdir),
    NAME(mkdirat), NAME(renameat), NAME(renameat2), NAME(link), NAME(linkat), NAME(symlink),
    NAME(symlinkat), NAME(truncate)};
/* clang-format on */

static void forbid_writing(scmp_filter_ctx filter)
{
    static const int flags[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        const scmp_datum_t flag = (scmp_datum_t)flags[i];
        check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), NAME(open), 1,
                               SCMP_A1(SCMP_CMP_MASKED_EQ, flag, flag)));
        check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), NAME(openat), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, flag, flag)));
    }
    rules(filter, SCMP_ACT_ERRNO(EACCES), changing_files, sizeof changing_files / sizeof changing_files[0]);
}

void runner_filter_command(bool may_open_for_writing)
{
    scmp_filter_ctx filter = start(SCMP_ACT_ALLOW);
    const scmp_datum_t self = (scmp_datum_t)getpid(); /* exec keeps it */
    rules(filter, SCMP_ACT_ERRNO(EPERM), reaching_out, sizeof reaching_out / sizeof reaching_out[0]);
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), NAME(prlimit64), 1, SCMP_A2(SCMP_CMP_NE, 0)));
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), NAME(kill), 1, SCMP_A0(SCMP_CMP_NE, self)));
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), NAME(tgkill), 1, SCMP_A0(SCMP_CMP_NE, self)));
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), NAME(clone), 1,
                           SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)));
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), NAME(clone3), 0));
    if (!may_open_for_writing) {
        forbid_writing(filter);
    }
    finish(filter);
}
