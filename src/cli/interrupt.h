/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ctrl-C and SIGTERM: the first asks a command to stop where its work is whole,
 * the second stops the process at once. What the caller ignores is ignored. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

/* From now on the first of them is noted, in what is returned. Calls that wait
 * return with EINTR. */
const volatile sig_atomic_t *interrupt_catch(void);

/* Whether one came. */
bool interrupted(void);

#endif
