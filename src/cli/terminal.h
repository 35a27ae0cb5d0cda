/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands at the other end of a stream: a terminal, how wide, in colour
 * or not. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* The columns of the terminal behind STREAM; 0 if it is none. */
size_t terminal_width(FILE *stream);

/* Whether to write colour to STREAM when --color says WHEN (auto, always,
 * never): auto means a terminal that is not dumb, without NO_COLOR. */
bool terminal_color(FILE *stream, const char *when);

#endif
