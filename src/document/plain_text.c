/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text, in any of the encodings that src/document/encoding.h tells
 * apart. It is held in memory as a whole, since how a text is laid out shows
 * only in all of it. */
#include <config.h>

#include "src/document/format.h"

#include "src/document/encoding.h"
#include "src/document/paragraphs.h"

#include <string.h>

static bool recognise(struct bytes head, const char *path)
{
    (void)head;
    (void)path;
    return true;
}

static enum status read_text(struct source *source,
                             const struct reading *reading,
                             struct failure *failure)
{
    const char *language = reading->options->language;
    struct paragraph facts = {
        .document = bytes_of(reading->path),
        .path = bytes_of(reading->path),
        .language = bytes_of(language ? language : ""),
    };
    struct placed_text text = PLACED_TEXT_EMPTY;
    struct bytes data;
    enum status status = source_all(source, &data, failure);

    if (status == STATUS_OK)
        status = encoding_decode(data, &text, failure);
    if (status == STATUS_OK)
        status = paragraphs_find(&text, &facts, reading->receive,
                                 reading->context, failure);
    placed_text_release(&text);
    return status;
}

const struct format format_plain_text = {"plain text", recognise, read_text};
