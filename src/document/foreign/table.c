/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which reader is whose. The names are those of the table in
 * src/document/format.c; what is built in is the same there. */
#include <config.h>

#include "src/document/foreign/readers.h"

#include <string.h>

block_reader foreign_reader(const char *name)
{
    static const struct {
        const char *name;
        block_reader reader;
    } readers[] = {
        {"RTF", rtf_blocks},
#ifdef HAVE_POPPLER
        {"PDF", pdf_blocks},
#endif
#ifdef HAVE_LIBXML2
        {"Akoma Ntoso", akn_blocks},
        {"HTML", html_blocks},
#endif
#if defined HAVE_LIBXML2 && defined HAVE_LIBZIP
        {"EPUB", epub_blocks},
        {"OpenDocument", odt_blocks},
        {"Word", docx_blocks},
#endif
#ifdef HAVE_MD4C
        {"Markdown", markdown_blocks},
#endif
    };

    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(name, readers[i].name) == 0)
            return readers[i].reader;
    return NULL;
}
