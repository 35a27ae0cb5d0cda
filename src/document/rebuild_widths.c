/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far lines reach, and which end before the others around them do. */
#include <config.h>

#include "src/document/rebuild_parts.h"

#include "src/document/rebuild_wording.h"

#include <float.h>
#include <string.h>

void rebuild_find_widths(struct rebuild *rebuild)
{
    enum { FEW_LINES = 4 };
    struct line *lines = rebuild->lines;
    size_t first = 0, i;
    float full = 0, usual = 0, margin = FLT_MAX;
    double sum = 0;

    for (i = 0; i <= rebuild->n_lines; i++) {
        if (i == rebuild->n_lines || lines[i].gap < 0 || lines[i].gap > 0.5F) {
            sum += (double)full * (double)(i - first);
            if (i - first < FEW_LINES && full < usual)
                full = usual;
            for (; first < i; first++) {
                lines[first].full = full;
                lines[first].margin = margin;
            }
            margin = FLT_MAX;
            if (i > 0)
                usual = 0.7F * (float)(sum / (double)i);
            full = 0;
        }
        if (i == rebuild->n_lines || lines[i].kind != LINE_BODY)
            continue;
        if (lines[i].left < margin)
            margin = lines[i].left;
        if (!line_has(&lines[i], LINE_LONG) && lines[i].right > full)
            full = lines[i].right;
    }
}

/* How wide the first word of LINE is. */
static float word_width(const struct rebuild *rebuild, const struct line *line)
{
    struct bytes text = line_text(rebuild, line);
    const char *blank = memchr(text.data, ' ', text.length);
    size_t length = blank ? (size_t)(blank - text.data) : text.length;

    return text.length
               ? (line->right - line->left) * (float)length / (float)text.length
               : 0;
}

bool line_is_short(const struct rebuild *rebuild, const struct line *before,
                   const struct line *line, float slack)
{
    float full = before->full;

    if (line_has(before, LINE_LONG))
        return false;
    return before->right + 1 + word_width(rebuild, line) <
           full - slack * (full - before->left);
}

bool line_is_much_shorter(const struct rebuild *rebuild,
                          const struct line *line)
{
    float length = line->right - line->left;
    bool far = line->left > line->margin + FAR_LEFT;

    if (ends_in_small_word(line_text(rebuild, line)) ||
        leaves_bracket(line_text(rebuild, line)))
        return false;
    return length < 0.6F * (line->full - line->left) ||
           (far && length < 0.5F * (line->full - line->margin));
}
