/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/interrupt.h"

static volatile sig_atomic_t came;

/* The next one, of either kind, does what signals do. */
static void note(int signal_number)
{
    (void)signal_number;
    came = 1;
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
}

const volatile sig_atomic_t *interrupt_catch(void)
{
    struct sigaction action = {.sa_handler = note};

    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT);
    sigaddset(&action.sa_mask, SIGTERM);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &came;
}

bool interrupted(void)
{
    return came != 0;
}
