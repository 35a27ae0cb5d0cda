/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What bodies, annexes and meetings are called in the six languages of the
 * United Nations: tables, and how text is compared with them. */
#include <config.h>

#include "src/document/structure_parts.h"

#include "base/ascii.h"
#include "src/document/characters.h"
#include "src/text/utf8.h"

/* The bodies. An article is what a resolution opens with, and a masthead has
 * not; where a language has none, a comma must follow. */
static const struct body_name {
    enum body body;
    const char *article;
    const char *name;
} body_names[] = {
    {BODY_ASSEMBLY, "The ", "General Assembly"},
    {BODY_ASSEMBLY, "L'", "Assemblée générale"},
    {BODY_ASSEMBLY, "La ", "Asamblea General"},
    {BODY_ASSEMBLY, "", "Генеральная Ассамблея"},
    {BODY_ASSEMBLY, "إن ", "الجمعية العامة"},
    {BODY_ASSEMBLY, "", "大会"},
    {BODY_ECONOMIC_AND_SOCIAL, "The ", "Economic and Social Council"},
    {BODY_ECONOMIC_AND_SOCIAL, "Le ", "Conseil économique et social"},
    {BODY_ECONOMIC_AND_SOCIAL, "El ", "Consejo Económico y Social"},
    {BODY_ECONOMIC_AND_SOCIAL, "", "Экономический и Социальный Совет"},
    {BODY_ECONOMIC_AND_SOCIAL, "إن ", "المجلس الاقتصادي والاجتماعي"},
    {BODY_ECONOMIC_AND_SOCIAL, "", "经济及社会理事会"},
    {BODY_SECURITY, "The ", "Security Council"},
    {BODY_SECURITY, "Le ", "Conseil de sécurité"},
    {BODY_SECURITY, "El ", "Consejo de Seguridad"},
    {BODY_SECURITY, "", "Совет Безопасности"},
    {BODY_SECURITY, "إن ", "مجلس الأمن"},
    {BODY_SECURITY, "", "安全理事会"},
    {BODY_HUMAN_RIGHTS, "The ", "Human Rights Council"},
    {BODY_HUMAN_RIGHTS, "Le ", "Conseil des droits de l'homme"},
    {BODY_HUMAN_RIGHTS, "El ", "Consejo de Derechos Humanos"},
    {BODY_HUMAN_RIGHTS, "", "Совет по правам человека"},
    {BODY_HUMAN_RIGHTS, "إن ", "مجلس حقوق الإنسان"},
    {BODY_HUMAN_RIGHTS, "", "人权理事会"},
};

static const char *const annex_words[] = {
    "Annex",    "Appendix",   "Annexe",     "Appendice", "Anexo",
    "Apéndice", "Приложение", "Добавление", "المرفق",    "مرفق",
    "تذييل",    "التذييل",    "附件",       "附录",
};

static const char *const meeting_words[] = {
    "meeting",   "séance", "sesión", "reunión",
    "заседание", "جلسة",   "الجلسة", "会议",
};

static const char *const organization_names[] = {
    "United Nations",
    "Nations Unies",
    "Naciones Unidas",
    "Организация Объединенных Наций",
    "Объединенные Нации",
    "الأمم المتحدة",
    "联合国",
};

static const char *const distribution_words[] = {
    "Distr.", "Общее", "Document", "Distribución", "توزيع", "普遍",
};

/* Letters that differ only in type are one: an apostrophe of any form, a space
 * of any width, the case of ASCII letters. */
static char32_t plain(char32_t character)
{
    if (character == 0x2019 || character == 0x02BC)
        return '\'';
    if (character == 0xA0 || character == 0x202F || character == 0x2009)
        return ' ';
    return is_ascii_capital(character) ? character - 'A' + 'a' : character;
}

/* How many bytes of TEXT, at its start, are NAME; 0 if it does not begin with
 * it. */
static size_t begins_with(struct bytes text, const char *name)
{
    size_t at = 0, length = strlen(name), in_name = 0;

    while (in_name < length) {
        char32_t a, b;

        if (at == text.length)
            return 0;
        at += utf8_decode(text.data + at, text.length - at, &a);
        in_name += utf8_decode(name + in_name, length - in_name, &b);
        if (plain(a) != plain(b))
            return 0;
    }
    return at;
}

static struct bytes tail(struct bytes text, size_t from)
{
    return (struct bytes){text.data + from, text.length - from};
}

/* Whether TEXT has nothing but punctuation and white space. */
static bool is_bare(struct bytes text)
{
    return !has_letter_or_digit(text);
}

enum body name_formula(struct bytes text)
{
    struct bytes rest = text_unquoted(text);

    if (rest.length > 100)
        return BODY_NONE;
    for (size_t i = 0; i < sizeof body_names / sizeof *body_names; i++) {
        const struct body_name *row = &body_names[i];
        size_t article = begins_with(rest, row->article), name;

        if (*row->article && article == 0)
            continue;
        name = begins_with(tail(rest, article), row->name);
        if (name == 0 || !is_bare(tail(rest, article + name)))
            continue;
        /* Nothing may follow but a comma, or nothing at all. */
        if (rest.length == article + name)
            return *row->article ? row->body : BODY_NONE;
        if (text_ending(rest) == ENDS_COMMA || text_ending(rest) == ENDS_COLON)
            return row->body;
    }
    return BODY_NONE;
}

enum body name_body(struct bytes name)
{
    for (size_t i = 0; i < sizeof body_names / sizeof *body_names; i++)
        if (name.length && begins_with(name, body_names[i].name) == name.length)
            return body_names[i].body;
    return name.length ? BODY_OTHER : BODY_NONE;
}

const char *name_symbol_prefix(enum body body)
{
    switch (body) {
    case BODY_ASSEMBLY: return "A/RES/";
    case BODY_ECONOMIC_AND_SOCIAL: return "E/RES/";
    case BODY_SECURITY: return "S/RES/";
    case BODY_HUMAN_RIGHTS: return "A/HRC/RES/";
    case BODY_NONE:
    case BODY_OTHER: break;
    }
    return NULL;
}

bool name_annex(struct bytes text)
{
    struct bytes rest = text_unquoted(text);

    for (size_t i = 0; i < sizeof annex_words / sizeof *annex_words; i++) {
        size_t length = begins_with(rest, annex_words[i]);
        char32_t next;

        if (length == 0)
            continue;
        next = first_character(tail(rest, length));
        if (!is_letter_or_digit(next) || is_unspaced(next) ||
            is_ascii_digit(next))
            return true;
    }
    return false;
}

bool name_meeting(struct bytes text)
{
    bool has_digit = false;

    for (size_t at = 0; at < text.length && !has_digit; at++)
        has_digit = is_ascii_digit(text.data[at]);
    if (!has_digit || text.length > 160)
        return false;
    for (size_t i = 0; i < sizeof meeting_words / sizeof *meeting_words; i++)
        for (size_t at = 0; at < text.length; at++)
            if (begins_with(tail(text, at), meeting_words[i]) > 0)
                return true;
    return false;
}

size_t name_organization(struct bytes text)
{
    size_t length = 0;

    for (size_t i = 0;
         i < sizeof organization_names / sizeof *organization_names; i++)
        if ((length = begins_with(text, organization_names[i])) > 0)
            break;
    return length;
}

bool name_distribution(struct bytes text)
{
    for (size_t i = 0;
         i < sizeof distribution_words / sizeof *distribution_words; i++)
        if (begins_with(text, distribution_words[i]) > 0)
            return true;
    return false;
}
