/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/format.h"

#include "src/document/encoding.h"

#include <string.h>

static const struct format *const formats[] = {
    &format_json_lines,
    &format_plain_text,
    NULL,
};

const struct format *const *format_table(void)
{
    return formats;
}

/* What is clearly something else. Short signatures (BM, MZ) are left out:
 * a text may begin so, and the NULs of such files give them away. */
static const struct signature {
    const char *bytes;
    size_t length;
    const char *what;
} signatures[] = {
    {"%PDF-", 5, "a PDF"},
    {"{\\rtf", 5, "rich text (RTF)"},
    {"%!PS", 4, "PostScript"},
    {"PK\3\4", 4, "a ZIP archive (as are Word's .docx files)"},
    {"PK\5\6", 4, "a ZIP archive"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "an OLE file (as are Word's .doc)"},
    {"\x1f\x8b", 2, "gzip data in gzip data"},
    {"BZh", 3, "bzip2 data"},
    {"\xfd\x37zXZ", 5, "xz data"},
    {"\x28\xb5\x2f\xfd", 4, "Zstandard data"},
    {"7z\xbc\xaf\x27\x1c", 6, "a 7-Zip archive"},
    {"\x7f"
     "ELF",
     4, "a program (ELF)"},
    {"\x89PNG\r\n\x1a\n", 8, "a PNG picture"},
    {"\xff\xd8\xff", 3, "a JPEG picture"},
    {"GIF87a", 6, "a GIF picture"},
    {"GIF89a", 6, "a GIF picture"},
    {"II*\0", 4, "a TIFF picture"},
    {"MM\0*", 4, "a TIFF picture"},
    {"AT&TFORM", 8, "a DjVu document"},
    {"SQLite format 3", 15, "an SQLite database"},
};

/* Whether HEAD is no text in any encoding that we know: it has a NUL and is
 * not UTF-16, or more than one byte of it in 32 is a control character that
 * has no place in text. (TAB to CR, the old end-of-file mark and escape have.)
 */
static bool is_binary(struct bytes head)
{
    size_t n_controls = 0, i;

    if (head.length == 0 || encoding_is_utf16(head))
        return false;
    if (memchr(head.data, '\0', head.length))
        return true;
    for (i = 0; i < head.length; i++) {
        unsigned char byte = (unsigned char)head.data[i];

        n_controls += byte < ' ' && !(byte >= '\t' && byte <= '\r') &&
                      byte != 0x1A && byte != 0x1B;
    }
    return n_controls > head.length / 32;
}

/* What HEAD is that we do not read; NULL if nothing speaks against it. */
static const char *what_else(struct bytes head)
{
    size_t i;

    for (i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const struct signature *signature = &signatures[i];

        if (head.length >= signature->length &&
            memcmp(head.data, signature->bytes, signature->length) == 0)
            return signature->what;
    }
    return is_binary(head) ? "binary data" : NULL;
}

enum status format_read(struct source *source, const struct reading *reading,
                        struct failure *failure)
{
    struct bytes head;
    const char *what;
    enum status status = source_peek(source, FORMAT_HEAD, &head, failure);
    size_t i = 0;

    if (status)
        return status;
    /* More than that may be there, depending on how it was read; what is
     * recognised must not depend on it. */
    if (head.length > FORMAT_HEAD)
        head.length = FORMAT_HEAD;
    what = what_else(head);
    if (what)
        return fail(failure, STATUS_INPUT,
                    "%s: is %s, which this version does not read",
                    source_name(source), what);
    while (!formats[i]->recognise(head, reading->path))
        i++;
    return formats[i]->read(source, reading, failure);
}

void reading_warn(const struct reading *reading, const char *message)
{
    if (reading->options->warn)
        reading->options->warn(reading->options->warn_context, message);
}
