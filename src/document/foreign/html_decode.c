/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The encoding of an HTML file. What a file says of itself is tried only when
 * it is not UTF-8, since such bytes are hardly ever well-formed by chance. */
#include <config.h>

#include "src/document/foreign/html.h"

#include "base/ascii.h"
#include "src/document/encoding.h"
#include "src/text/utf8.h"

#include <unicode/ucnv.h>

#include <limits.h>
#include <strings.h>

/* How far browsers look for it, generously. */
enum { HEAD_LENGTH = 4096, NAME_LENGTH = 40 };

static bool is_name_byte(char c)
{
    return is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == ':';
}

/* The value behind KEY, "charset=" or "encoding=", as a string; empty if there
 * is none. */
static void find_name(struct bytes head, const char *key,
                      char name[NAME_LENGTH + 1])
{
    size_t length = strlen(key), at, n = 0;

    for (at = 0; at + length < head.length; at++)
        if (strncasecmp(head.data + at, key, length) == 0)
            break;
    at += length;
    while (at < head.length && strchr(" =\"'", head.data[at]) && head.data[at])
        at++;
    while (at < head.length && n < NAME_LENGTH && is_name_byte(head.data[at]))
        name[n++] = head.data[at++];
    name[n] = '\0';
}

/* The encoding that CONTENT says it is in, as ICU calls what browsers mean by
 * the name. */
static void declared_encoding(struct bytes content, char name[NAME_LENGTH + 1])
{
    static const char *const meant[][2] = {
        {"gb2312", "gb18030"},
        {"gbk", "gb18030"},
        {"gb_2312-80", "gb18030"},
        {"iso-8859-9", "windows-1254"},
        {"iso-8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"us-ascii", "windows-1252"},
        {"tis-620", "windows-874"},
        {"iso-8859-11", "windows-874"},
        {"shift_jis", "windows-31j"},
        {"ks_c_5601-1987", "windows-949"},
        {"euc-kr", "windows-949"},
    };
    size_t i;

    if (content.length > HEAD_LENGTH)
        content.length = HEAD_LENGTH;
    find_name(content, "charset", name);
    if (!*name && content.length > 5 && memcmp(content.data, "<?xml", 5) == 0)
        find_name(content, "encoding", name);
    for (i = 0; i < sizeof meant / sizeof *meant; i++)
        if (strcasecmp(name, meant[i][0]) == 0)
            memcpy(name, meant[i][1], strlen(meant[i][1]) + 1);
}

/* Convert CONTENT from the encoding NAME into TEXT. False, with nothing done,
 * if ICU does not know it or memory is short. */
static bool convert(struct bytes content, const char *name,
                    struct placed_text *text)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t needed;

    if (content.length > INT_MAX / 4)
        return false;
    needed = ucnv_convert("UTF-8", name, NULL, 0, content.data,
                          (int32_t)content.length, &error);
    if ((U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) || needed <= 0 ||
        !buffer_reserve(&text->own, (size_t)needed + 1))
        return false;
    error = U_ZERO_ERROR;
    needed = ucnv_convert("UTF-8", name, text->own.data, needed + 1,
                          content.data, (int32_t)content.length, &error);
    if (U_FAILURE(error))
        return false;
    text->own.length = (size_t)needed;
    text->text = buffer_bytes(&text->own);
    return true;
}

/* The parser takes a NUL for the end of the file: let them be spaces. */
static bool replace_nuls(struct placed_text *text)
{
    struct buffer copy = BUFFER_EMPTY;
    char *at;

    if (text->text.length == 0 ||
        !memchr(text->text.data, '\0', text->text.length))
        return true;
    buffer_append(&copy, text->text.data, text->text.length);
    if (copy.failed)
        return false;
    for (at = copy.data; at < copy.data + copy.length; at++)
        if (*at == '\0')
            *at = ' ';
    buffer_release(&text->own);
    text->own = copy;
    text->text = buffer_bytes(&copy);
    return true;
}

static enum status decode(struct bytes content, struct placed_text *text,
                          bool *has_places, struct failure *failure)
{
    char name[NAME_LENGTH + 1];

    *text = PLACED_TEXT_EMPTY;
    *has_places = true;
    declared_encoding(content, name);
    if (*name && !encoding_is_utf16(content) &&
        strncasecmp(name, "utf", 3) != 0 &&
        strcasecmp(name, "windows-1252") != 0 &&
        (!utf8_valid(content.data, content.length) ||
         strncasecmp(name, "iso-2022", 8) == 0) &&
        convert(content, name, text)) {
        *has_places = false;
        return STATUS_OK;
    }
    placed_text_release(text);
    *text = PLACED_TEXT_EMPTY;
    return encoding_decode(content, text, failure);
}

enum status html_decode(struct bytes content, struct placed_text *text,
                        bool *has_places, struct failure *failure)
{
    enum status status = decode(content, text, has_places, failure);

    if (status == STATUS_OK && !replace_nuls(text))
        status = fail_memory(failure);
    return status;
}
