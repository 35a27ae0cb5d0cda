/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "src/text/language.h"

#include "base/ascii.h"

#include <string.h>

enum { CODE_MAX = 8 };

/* Sorted by code. */
static const struct language languages[] = {
    {"ar", "Arabic", "arabic"},
    {"be", "Belarusian", NULL},
    {"bg", "Bulgarian", NULL},
    {"bn", "Bengali", NULL},
    {"ca", "Catalan", "catalan"},
    {"cs", "Czech", NULL},
    {"da", "Danish", "danish"},
    {"de", "German", "german"},
    {"el", "Greek", "greek"},
    {"en", "English", "english"},
    {"es", "Spanish", "spanish"},
    {"et", "Estonian", NULL},
    {"eu", "Basque", "basque"},
    {"fa", "Persian", NULL},
    {"fi", "Finnish", "finnish"},
    {"fr", "French", "french"},
    {"ga", "Irish", "irish"},
    {"he", "Hebrew", NULL},
    {"hi", "Hindi", "hindi"},
    {"hu", "Hungarian", "hungarian"},
    {"hy", "Armenian", "armenian"},
    {"id", "Indonesian", "indonesian"},
    {"it", "Italian", "italian"},
    {"ja", "Japanese", NULL},
    {"ka", "Georgian", NULL},
    {"ko", "Korean", NULL},
    {"lt", "Lithuanian", "lithuanian"},
    {"lv", "Latvian", NULL},
    {"mk", "Macedonian", NULL},
    {"ne", "Nepali", "nepali"},
    {"nl", "Dutch", "dutch"},
    {"no", "Norwegian", "norwegian"},
    {"pl", "Polish", NULL},
    {"pt", "Portuguese", "portuguese"},
    {"ro", "Romanian", "romanian"},
    {"ru", "Russian", "russian"},
    {"sk", "Slovak", NULL},
    {"sl", "Slovenian", NULL},
    {"sr", "Serbian", "serbian"},
    {"sv", "Swedish", "swedish"},
    {"ta", "Tamil", "tamil"},
    {"th", "Thai", NULL},
    {"tr", "Turkish", "turkish"},
    {"uk", "Ukrainian", NULL},
    {"ur", "Urdu", NULL},
    {"vi", "Vietnamese", NULL},
    {"yi", "Yiddish", "yiddish"},
    {"zh", "Chinese", NULL},
    {NULL, NULL, NULL},
};

/* Other codes: those of ISO 639-2, of which some languages have two, and the
 * two forms of Norwegian. */
static const struct alias {
    const char *code, *language;
} aliases[] = {
    {"ara", "ar"}, {"arm", "hy"}, {"baq", "eu"}, {"bel", "be"}, {"ben", "bn"},
    {"bul", "bg"}, {"cat", "ca"}, {"ces", "cs"}, {"chi", "zh"}, {"cze", "cs"},
    {"dan", "da"}, {"deu", "de"}, {"dut", "nl"}, {"ell", "el"}, {"eng", "en"},
    {"est", "et"}, {"eus", "eu"}, {"fas", "fa"}, {"fin", "fi"}, {"fra", "fr"},
    {"fre", "fr"}, {"geo", "ka"}, {"ger", "de"}, {"gle", "ga"}, {"gre", "el"},
    {"heb", "he"}, {"hin", "hi"}, {"hun", "hu"}, {"hye", "hy"}, {"ind", "id"},
    {"ita", "it"}, {"iw", "he"},  {"jpn", "ja"}, {"kat", "ka"}, {"kor", "ko"},
    {"lav", "lv"}, {"lit", "lt"}, {"mac", "mk"}, {"mkd", "mk"}, {"nb", "no"},
    {"nep", "ne"}, {"nld", "nl"}, {"nn", "no"},  {"nno", "no"}, {"nob", "no"},
    {"nor", "no"}, {"per", "fa"}, {"pol", "pl"}, {"por", "pt"}, {"ron", "ro"},
    {"rum", "ro"}, {"rus", "ru"}, {"slk", "sk"}, {"slo", "sk"}, {"slv", "sl"},
    {"spa", "es"}, {"srp", "sr"}, {"swe", "sv"}, {"tam", "ta"}, {"tha", "th"},
    {"tur", "tr"}, {"ukr", "uk"}, {"urd", "ur"}, {"vie", "vi"}, {"yid", "yi"},
    {"zho", "zh"},
};

/* The part of CODE that names the language, in lower case, into PRIMARY; empty
 * if it is longer than any. */
static void primary_subtag(struct bytes code, char primary[CODE_MAX])
{
    size_t i;

    for (i = 0; i < code.length; i++) {
        char c = code.data[i];

        if (c == '-' || c == '_')
            break;
        if (i + 1 == CODE_MAX) {
            i = 0;
            break;
        }
        primary[i] = is_ascii_capital(c) ? (char)(c | 0x20) : c;
    }
    primary[i] = '\0';
}

static const struct language *find_exactly(const char *code)
{
    const struct language *language;

    for (language = languages; language->code; language++)
        if (strcmp(language->code, code) == 0)
            return language;
    return NULL;
}

const struct language *language_find(struct bytes code)
{
    char primary[CODE_MAX];
    size_t i;

    primary_subtag(code, primary);
    for (i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i].code, primary) == 0)
            return find_exactly(aliases[i].language);
    return find_exactly(primary);
}

const struct language *language_named(struct bytes name)
{
    const struct language *language;

    for (language = languages; language->code; language++)
        if (bytes_are_nocase(name, language->name))
            return language;
    return language_find(name);
}

const struct language *language_list(void)
{
    return languages;
}
