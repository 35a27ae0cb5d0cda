/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

size_t terminal_width(FILE *stream)
{
    struct winsize size;
    const char *columns;

    if (!isatty(fileno(stream)))
        return 0;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    columns = getenv("COLUMNS");
    if (columns && strtoul(columns, NULL, 10) > 0)
        return strtoul(columns, NULL, 10);
    return 80;
}

bool terminal_color(FILE *stream, const char *when)
{
    const char *term = getenv("TERM");
    const char *no_color = getenv("NO_COLOR");

    if (strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return isatty(fileno(stream)) && !(no_color && no_color[0]) &&
           !(term && strcmp(term, "dumb") == 0);
}
