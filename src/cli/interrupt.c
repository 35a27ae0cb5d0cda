/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/interrupt.h"

static volatile sig_atomic_t came;

/* Gives a signal its handler, unless it is ignored: a shell shields a job in
 * the background so from the Ctrl-C that is meant for another. */
static void handle(int signal_number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler}, before;

    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT);
    sigaddset(&action.sa_mask, SIGTERM);
    if (!sigaction(signal_number, NULL, &before) &&
        before.sa_handler != SIG_IGN)
        sigaction(signal_number, &action, NULL);
}

/* The next one, of either kind, does what signals do. */
static void note(int signal_number)
{
    (void)signal_number;
    came = 1;
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
}

const volatile sig_atomic_t *interrupt_catch(void)
{
    handle(SIGINT, note);
    handle(SIGTERM, note);
    return &came;
}

bool interrupted(void)
{
    return came != 0;
}
