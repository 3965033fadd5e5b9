/* SPDX-License-Identifier: GPL-3.0-or-later
 * Packets of the runner. Last words may be said from a signal handler: no allocation here. */
#include "runner.h"

#include <errno.h>
#include <fenv.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct {
    uint32_t sequence;
    bool introduced, watch_fp;
    char reason[OPTCERT_WIRE_TEXT / 2]; /* why the build says no to the call in hand */
} talk;

void runner_give_reason(const char *reason)
{
    snprintf(talk.reason, sizeof talk.reason, "%s", reason);
}

void runner_watch_fp(void)
{
    talk.watch_fp = true;
}

static uint32_t fp_mode(void)
{
    if (!talk.watch_fp) {
        return 0;
    }
    uint32_t mode = fegetround() == FE_TONEAREST ? 0 : OPTCERT_FP_ROUNDING;
#if defined(__x86_64__)
    const unsigned csr = __builtin_ia32_stmxcsr();
    mode |= (csr & 0x8000u) != 0 ? OPTCERT_FP_FLUSH : 0;
    mode |= (csr & 0x0040u) != 0 ? OPTCERT_FP_DENORMALS : 0;
    mode |= (csr & 0x6000u) != 0 ? OPTCERT_FP_ROUNDING : 0;
    mode |= (csr & 0x1f80u) != 0x1f80u ? OPTCERT_FP_TRAPS : 0;
#endif
    return mode;
}

static void send_packet(const void *packet, size_t size)
{
    while (send(OPTCERT_WIRE_SOCKET, packet, size, MSG_NOSIGNAL) < 0 && errno == EINTR) {
    }
}

bool runner_hear(optcert_wire_request *request)
{
    ssize_t got = -1;
    do {
        got = recv(OPTCERT_WIRE_SOCKET, request, sizeof *request, 0);
    } while (got < 0 && errno == EINTR);
    talk.sequence = request->sequence;
    return got == (ssize_t)sizeof *request;
}

static optcert_wire_answer compose(optcert_outcome outcome)
{
    return (optcert_wire_answer){.magic = OPTCERT_WIRE_MAGIC,
                                 .sequence = talk.sequence,
                                 .outcome = (uint32_t)outcome,
                                 .fp_mode = fp_mode()};
}

void runner_answer_run(optcert_outcome outcome, uint64_t done, uint64_t shown, const char *text)
{
    optcert_wire_answer answer = compose(outcome);
    answer.done = done;
    answer.shown = shown;
    snprintf(answer.text, sizeof answer.text, "%s%s%s", text, talk.reason[0] != '\0' ? ": " : "",
             talk.reason);
    talk.reason[0] = '\0';
    send_packet(&answer, sizeof answer);
}

void runner_answer(optcert_outcome outcome, const char *text)
{
    runner_answer_run(outcome, 0, 0, text);
}

void runner_introduce(const optcert_build *build)
{
    optcert_wire_hello hello = {.answer = compose(OPTCERT_OK),
                                .scalar = build->scalar,
                                .has_get = build->get != NULL,
                                .has_set = build->set != NULL};
    snprintf(hello.name, sizeof hello.name, "%s", build->name != NULL ? build->name : "");
    snprintf(hello.claims, sizeof hello.claims, "%s", build->claims != NULL ? build->claims : "");
    send_packet(&hello, sizeof hello);
    talk.introduced = true;
}

void runner_last_words(optcert_outcome outcome, const char *format, ...)
{
    optcert_wire_hello hello = {.answer = compose(outcome)};
    hello.answer.last_words = 1;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(hello.answer.text, sizeof hello.answer.text, format, arguments);
    va_end(arguments);
    if (talk.introduced) {
        send_packet(&hello.answer, sizeof hello.answer);
    } else {
        send_packet(&hello, sizeof hello);
    }
    _exit(1);
}
