/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/document/recognise.h"

#include "src/document/encoding.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static bool holds(struct bytes bytes, const char *part)
{
    return bytes.length > 0 &&
           memmem(bytes.data, bytes.length, part, strlen(part));
}

static struct bytes behind(struct bytes bytes, size_t length)
{
    return (struct bytes){bytes.data + length, bytes.length - length};
}

static bool is_named(const char *path, const char *const *endings)
{
    const char *dot = strrchr(path, '.');

    for (; dot && *endings; endings++)
        if (strcasecmp(dot + 1, *endings) == 0)
            return true;
    return false;
}

/* Its first line says so; readers since Acrobat look for that line in the first
 * 1024 bytes, and mail programs do put others before it. Then it
 * is a PDF, and not a text on such, if an object follows. */
bool recognise_pdf(struct bytes head, const char *path)
{
    enum { LOOK = 1024 };
    size_t i;

    (void)path;
    if (bytes_begin_with(head, "%PDF-"))
        return true;
    for (i = 1; i < LOOK && i < head.length; i++)
        if (strchr("\r\n", head.data[i - 1]) &&
            bytes_begin_with(behind(head, i), "%PDF-"))
            return holds(behind(head, i), " 0 obj");
    return false;
}

bool recognise_rtf(struct bytes head, const char *path)
{
    (void)path;
    if (bytes_begin_with(head, "\xEF\xBB\xBF"))
        head = behind(head, 3);
    return bytes_begin_with(head, "{\\rtf");
}

/* The part of a ZIP archive whose local header (APPNOTE.TXT, section 4.3.7)
 * *ZIP begins with: its name, and its content if that is not compressed. Go on
 * to the next one, which is sought, since a header may be without sizes. False
 * at the end. */
static bool next_part(struct bytes *zip, struct bytes *name,
                      struct bytes *content)
{
    enum { HEADER = 30 };
    const unsigned char *header = (const unsigned char *)zip->data;
    size_t name_length, extra_length;
    const char *next;

    if (zip->length < HEADER || !bytes_begin_with(*zip, "PK\3\4"))
        return false;
    name_length = header[26] | (size_t)header[27] << 8;
    extra_length = header[28] | (size_t)header[29] << 8;
    if (zip->length - HEADER < name_length + extra_length)
        return false;
    *name = (struct bytes){zip->data + HEADER, name_length};
    *zip = behind(*zip, HEADER + name_length + extra_length);
    next = memmem(zip->data, zip->length, "PK\3\4", 4);
    *content = (struct bytes){zip->data,
                              next ? (size_t)(next - zip->data) : zip->length};
    *zip = behind(*zip, content->length);
    return true;
}

/* Whether the archive says by the part that is called "mimetype" that it is of
 * a TYPE that begins so (OpenDocument 1.3 part 2, section 3.3; EPUB OCF 3.3,
 * section 4.3). It should be the first part, and not compressed; what packs an
 * archive anew forgets the one or the other. */
static bool has_type(struct bytes head, const char *type)
{
    struct bytes name, content;

    while (next_part(&head, &name, &content))
        if (bytes_equal(name, bytes_of("mimetype")))
            return bytes_begin_with(content, type);
    return false;
}

/* Whether there is a part of the archive whose path begins so. */
static bool has_part(struct bytes head, const char *start)
{
    struct bytes name, content;

    while (next_part(&head, &name, &content))
        if (bytes_begin_with(name, start))
            return true;
    return false;
}

/* Where what tells the kind of an Office Open XML file lies behind what can be
 * seen, its name has to do. */
bool recognise_word(struct bytes head, const char *path)
{
    static const char *const endings[] = {"docx", "docm", "dotx",
                                          "dotm", "doc",  NULL};

    if (has_part(head, "word/"))
        return true;
    return has_part(head, "[Content_Types].xml") && !has_part(head, "xl/") &&
           !has_part(head, "ppt/") && is_named(path, endings);
}

bool recognise_opendocument(struct bytes head, const char *path)
{
    static const char *const endings[] = {"odt", "ott", "odm", NULL};

    return has_type(head, "application/vnd.oasis.opendocument.text") ||
           (has_part(head, "META-INF/manifest.xml") && is_named(path, endings));
}

bool recognise_epub(struct bytes head, const char *path)
{
    (void)path;
    return has_type(head, "application/epub+zip") ||
           has_part(head, "META-INF/container.xml");
}

/* Enough for a prologue of any reasonable length. */
enum { MARKUP_BYTES = 8 << 10 };

/* The beginning of HEAD in ASCII: UTF-16 without its zeros, and without the
 * byte order mark and white space in front. What it was otherwise does not
 * matter: the names that are sought are ASCII. */
static struct bytes as_ascii(struct bytes head, char ascii[MARKUP_BYTES])
{
    struct bytes text = {ascii, 0};
    bool wide = encoding_is_utf16(head);
    size_t i;

    for (i = 0; i < head.length && text.length < MARKUP_BYTES; i++)
        if (!wide || head.data[i] != '\0')
            ascii[text.length++] = head.data[i];
    if (bytes_begin_with(text, "\xEF\xBB\xBF"))
        text = behind(text, 3);
    else if (bytes_begin_with(text, "\xFF\xFE") ||
             bytes_begin_with(text, "\xFE\xFF"))
        text = behind(text, 2);
    while (text.length > 0 && strchr(" \t\r\n\f", text.data[0]) &&
           text.data[0] != '\0')
        text = behind(text, 1);
    return text;
}

/* What is behind END in TEXT, and the white space after that; nothing if it
 * does not hold END. */
static struct bytes behind_next(struct bytes text, const char *end)
{
    const char *found = memmem(text.data, text.length, end, strlen(end));

    if (!found)
        return bytes_of("");
    text = behind(text, (size_t)(found - text.data) + strlen(end));
    while (text.length > 0 && text.data[0] > 0 && text.data[0] <= ' ')
        text = behind(text, 1);
    return text;
}

/* The name of the first element of the markup TEXT, without its namespace's
 * prefix, behind declarations and comments; of the type that a <!DOCTYPE
 * names, if there is one, which is the same. Empty if there is none. */
static struct bytes first_element(struct bytes text)
{
    size_t length, colon = 0;

    for (;;) {
        if (bytes_begin_with(text, "<!--"))
            text = behind_next(text, "-->");
        else if (bytes_begin_with(text, "<?"))
            text = behind_next(text, "?>");
        else
            break;
    }
    if (text.length >= 10 && bytes_begin_nocase(text, "<!DOCTYPE"))
        text = behind(text, 10);
    else if (bytes_begin_with(text, "<"))
        text = behind(text, 1);
    else
        return bytes_of("");
    for (length = 0; length < text.length; length++) {
        char byte = text.data[length];

        if (strchr(" \t\r\n\f/>[", byte)) /* NUL as well */
            break;
        if (byte == ':')
            colon = length + 1;
    }
    return (struct bytes){text.data + colon, length - colon};
}

static bool is_one_of(struct bytes name, const char *const *names)
{
    for (; *names; names++)
        if (bytes_are_nocase(name, *names))
            return true;
    return false;
}

bool recognise_akoma_ntoso(struct bytes head, const char *path)
{
    static const char *const names[] = {"akomaNtoso", NULL};
    char ascii[MARKUP_BYTES];

    (void)path;
    return is_one_of(first_element(as_ascii(head, ascii)), names);
}

/* Pages that leave out the outer elements begin with one of those that the
 * WHATWG's MIME Sniffing Standard (section 7.1) lists, and a few more; but so
 * does some Markdown and, on HTML, some plain text. */
bool recognise_html(struct bytes head, const char *path)
{
    static const char *const sure[] = {"html", "head", "body", NULL};
    static const char *const inner[] = {
        "a",      "b",    "br",    "center", "div",   "font", "h1", "h2",
        "h3",     "hr",   "i",     "iframe", "link",  "meta", "p",  "pre",
        "script", "span", "style", "table",  "title", "ul",   NULL};
    static const char *const text[] = {"md", "markdown", "mkd", "txt", NULL};
    static const char *const endings[] = {"html", "htm", "xhtml", NULL};
    char ascii[MARKUP_BYTES];
    struct bytes start = as_ascii(head, ascii);
    struct bytes name = first_element(start);

    if (is_one_of(name, sure))
        return true;
    if (is_one_of(name, inner))
        return !is_named(path, text);
    return is_named(path, endings) && holds(start, "<") &&
           !recognise_other(head);
}

bool recognise_markdown(struct bytes head, const char *path)
{
    static const char *const endings[] = {"md", "markdown", "mdown", "mkd",
                                          NULL};

    (void)head;
    return is_named(path, endings);
}

/* What is clearly something else. Short signatures (BM, MZ) are left out:
 * a text may begin so, and the NULs of such files give them away. */
static const struct signature {
    const char *bytes;
    size_t length;
    const char *what;
} signatures[] = {
    {"%!PS", 4, "PostScript"},
    {"PK\5\6", 4, "an empty ZIP archive"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,
     "an OLE file (as are Word's .doc, and .docx with a password)"},
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

/* What the ZIP archive HEAD is for. */
static const char *what_archive(struct bytes head)
{
    if (has_part(head, "xl/"))
        return "an Excel file";
    if (has_part(head, "ppt/"))
        return "a PowerPoint file";
    if (has_type(head, "application/vnd.oasis.opendocument."))
        return "an OpenDocument file that is not of text";
    return "a ZIP archive";
}

const char *recognise_other(struct bytes head)
{
    char ascii[MARKUP_BYTES];
    size_t i;

    for (i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const struct signature *signature = &signatures[i];

        if (head.length >= signature->length &&
            memcmp(head.data, signature->bytes, signature->length) == 0)
            return signature->what;
    }
    if (bytes_begin_with(head, "PK\3\4"))
        return what_archive(head);
    if (is_binary(head))
        return "binary data";
    if (bytes_begin_with(as_ascii(head, ascii), "<?xml "))
        return "XML of another kind";
    return NULL;
}
