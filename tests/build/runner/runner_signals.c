/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signals that a build brings on itself become last words that name the cause. */
#include "runner.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static const struct {
    long number;
    const char *name;
} known_calls[] = {
    {SYS_socket, "socket"},       {SYS_connect, "connect"}, {SYS_execve, "execve"},
    {SYS_fork, "fork"},           {SYS_vfork, "vfork"},     {SYS_clone, "clone"},
    {SYS_open, "open"},           {SYS_openat, "openat"},   {SYS_kill, "kill"},
    {SYS_tgkill, "tgkill"},       {SYS_ptrace, "ptrace"},   {SYS_rt_sigaction, "sigaction"},
    {SYS_setitimer, "setitimer"}, {SYS_alarm, "alarm"},     {SYS_unlink, "unlink"},
    {SYS_mkdir, "mkdir"},         {SYS_rename, "rename"},   {SYS_prlimit64, "setrlimit"},
    {SYS_setsid, "setsid"},       {SYS_setpgid, "setpgid"}, {SYS_creat, "creat"},
    {SYS_ftruncate, "ftruncate"}, {SYS_sendto, "sendto"},   {SYS_socketpair, "socketpair"},
};

static void forbid(long number)
{
    for (size_t i = 0; i < sizeof known_calls / sizeof known_calls[0]; i++) {
        if (known_calls[i].number == number) {
            runner_last_words(OPTCERT_FORBIDDEN, "made a system call that the sandbox does not allow: %s%s",
                              known_calls[i].name,
                              number == SYS_openat || number == SYS_open ? " for writing" : "");
        }
    }
    runner_last_words(OPTCERT_FORBIDDEN, "made a system call that the sandbox does not allow: number %ld",
                      number);
}

/* Whether the faulting access was a write; the processor's page-fault code says so. */
static bool was_write(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (context->uc_mcontext.gregs[REG_ERR] & 2) != 0;
#else
    (void)context;
    return true;
#endif
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    char text[OPTCERT_WIRE_TEXT];
    switch (number) {
    case SIGSYS:
        forbid(info->si_syscall);
        break;
    case SIGSEGV:
    case SIGBUS: {
        const optcert_outcome outcome =
            runner_explain_address((uintptr_t)info->si_addr, was_write(context), text, sizeof text);
        runner_last_words(outcome, "%s", text);
    }
    case SIGXCPU:
        runner_last_words(OPTCERT_HUNG, "used up its CPU time");
    default:
        runner_last_words(OPTCERT_CRASHED, "ended by signal %d (%s)", number, sigdescr_np(number));
    }
}

static pid_t harness;

/* The thread that started the runner has ended; perhaps the harness lives on. */
static void on_parent_thread_ended(int number)
{
    (void)number;
    if (getppid() != harness) {
        _exit(1);
    }
}

/* A runner that is kept busy by its build does not see its socket close. */
static void end_with_harness(void)
{
    harness = getppid();
    signal(SIGHUP, on_parent_thread_ended);
    prctl(PR_SET_PDEATHSIG, SIGHUP);
}

void runner_catch_signals(void)
{
    static unsigned char stack[65536]; /* a build may have used up its own */
    const stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigfillset(&action.sa_mask);
    static const int caught[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP, SIGXCPU};
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        sigaction(caught[i], &action, NULL);
    }
    end_with_harness();
    signal(SIGXFSZ, SIG_IGN); /* a full log answers EFBIG */
    signal(SIGPIPE, SIG_IGN);
}
