/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts in encodings from before Unicode, made here by ICU, as they are told
 * apart and as they come out, with the places of each character. */
#include <config.h>

#include "src/document/encoding.h"
#include "src/document/legacy_encoding.h"
#include "tests/tap.h"

#include <unicode/ucnv.h>

#include <stdlib.h>
#include <string.h>

#define RUSSIAN                                                                                                                     \
    "Комитет собрался в ратуше, и все его члены прочитали доклад, который " \
    "был "                                                                                                                       \
    "послан им мэром города.\n\nНо не все с ним были согласны: 5 из 20.\n"
#define GREEK                                                                                                                            \
    "Η επιτροπή συνεδρίασε στο δημαρχείο και όλα τα μέλη της είχαν διαβάσει " \
    "την έκθεση που τους έστειλε ο δήμαρχος.\n"
#define ARABIC                                                                                                                       \
    "اجتمعت اللجنة في مبنى البلدية، وقد قرأ كل أعضائها التقرير الذي أرسله " \
    "إليهم رئيس البلدية.\n"
#define HEBREW                                                                                                                      \
    "הוועדה התכנסה בבניין העירייה, וכל חבריה קראו את הדוח של ראש העיר, אבל " \
    "לא היה בו כל מה שהם רצו.\n"
#define POLISH                                                                              \
    "Komisja zebrała się w ratuszu i wszyscy jej członkowie czytali raport, "            \
    "który został im przesłany przez burmistrza; nie było jednak zgody, że "           \
    "należy działać. Większość głosów była za, część przeciw, żaden członek " \
    "się nie wstrzymał, choć wyjaśnień żądał każdy. Dziś już się zebrała "     \
    "znów.\n"
#define FRENCH                                                                          \
    "Le comité s'est réuni à la mairie, où tous ses membres avaient déjà lu "     \
    "le rapport; il a été décidé d'y répondre dès l'été, après avoir entendu " \
    "le président, le secrétaire général et les délégués, à l'unanimité.\n"
#define CHINESE                                                                                     \
    "委员会在市政厅开会，所有委员都读过市长寄来的报告（共20页）。\n\n" \
    "但是他们没有通过任何决定，会议到第二天才结束。\n"
#define TRADITIONAL                                                                                                \
    "委員會在市政廳開會，所有委員都讀過市長寄來的報告。但是他們沒有通過任何決" \
    "定，"                                                                                                       \
    "會議到第二天才結束。\n"
#define JAPANESE                                                                                                   \
    "委員会は市役所で開かれ、委員は全員、市長から送られた報告書を読んでいた。" \
    "しかし、何も決まらなかった。\n"
#define KOREAN                                                                                       \
    "위원회는 시청에서 모였고 모든 위원이 시장이 보낸 보고서를 읽었다. " \
    "그러나 "                                                                                     \
    "아무것도 결정하지 못했다.\n"

static const struct sample {
    const char *encoding, *text;
} samples[] = {
    {"KOI8-R", RUSSIAN},      {"WINDOWS-1251", RUSSIAN},
    {"ISO-8859-5", RUSSIAN},  {"IBM866", RUSSIAN},
    {"ISO-8859-7", GREEK},    {"WINDOWS-1256", ARABIC},
    {"WINDOWS-1255", HEBREW}, {"ISO-8859-2", POLISH},
    {"WINDOWS-1250", POLISH}, {"WINDOWS-1252", FRENCH},
    {"GB18030", CHINESE},     {"BIG5", TRADITIONAL},
    {"SHIFT_JIS", JAPANESE},  {"EUC-JP", JAPANESE},
    {"EUC-KR", KOREAN},
};

/* TEXT, UTF-8, in ENCODING; the caller's to free. */
static struct bytes encode(const char *text, const char *encoding)
{
    UErrorCode error = U_ZERO_ERROR;
    size_t room = 4 * strlen(text);
    char *bytes = malloc(room);
    int32_t length = 0;

    if (bytes)
        length = ucnv_convert(encoding, "UTF-8", bytes, (int32_t)room, text,
                              (int32_t)strlen(text), &error);
    ok(bytes && U_SUCCESS(error), "%s can be made", encoding);
    return (struct bytes){bytes, U_SUCCESS(error) ? (size_t)length : 0};
}

/* Whether each character of TEXT that has a place is that of DATA there. */
static bool places_hold(const struct placed_text *text, struct bytes data,
                        const char *encoding)
{
    struct place_cursor cursor = {0, 0, 0};
    size_t at = 0;

    while (at < text->text.length) {
        size_t end = at + 1;
        size_t from, to;
        char utf8[16];
        UErrorCode error = U_ZERO_ERROR;
        int32_t length;

        while (end < text->text.length &&
               ((unsigned char)text->text.data[end] & 0xC0) == 0x80)
            end++;
        from = placed_text_source(text, &cursor, at);
        to = placed_text_source(text, &cursor, end);
        if (to > data.length || from > to)
            return false;
        length = ucnv_convert("UTF-8", encoding, utf8, sizeof utf8,
                              data.data + from, (int32_t)(to - from), &error);
        if (U_FAILURE(error) || (size_t)length != end - at ||
            memcmp(utf8, text->text.data + at, end - at) != 0)
            return false;
        at = end;
    }
    return true;
}

static void test_sample(const struct sample *sample)
{
    struct bytes data = encode(sample->text, sample->encoding);
    struct placed_text text = PLACED_TEXT_EMPTY;

#ifdef HAVE_UCHARDET
    ok(encoding_decode(data, &text, NULL) == STATUS_OK, "%s is read",
       sample->encoding);
#else
    ok(legacy_encoding_decode(data, sample->encoding, &text, NULL) == STATUS_OK,
       "%s is read", sample->encoding);
#endif
    is_bytes(text.text, sample->text, sample->encoding);
    ok(places_hold(&text, data, sample->encoding), "and its places");
    placed_text_release(&text);
    free((char *)(uintptr_t)data.data);
}

/* What is too short to be told is Windows-1252. */
static void test_short(void)
{
    struct bytes data = encode("Привет!\n", "WINDOWS-1251");
    struct placed_text text = PLACED_TEXT_EMPTY;

    ok(encoding_decode(data, &text, NULL) == STATUS_OK, "a short text is read");
    is_bytes(text.text, "Ïðèâåò!\n", "as Windows-1252");
    placed_text_release(&text);
    free((char *)(uintptr_t)data.data);
}

/* Characters of other lengths, and what is nothing. */
static void test_exceptions(void)
{
    static const char data[] = "a\x82\xa0\xb1z\x82";
    struct placed_text text = PLACED_TEXT_EMPTY;
    struct place_cursor cursor = {0, 0, 0};

    ok(legacy_encoding_decode(bytes_of(data), "SHIFT_JIS", &text, NULL) ==
           STATUS_OK,
       "Shift_JIS with exceptions is read");
    is_bytes(text.text, "aあｱz\xef\xbf\xbd", "a, double, single, z, a half");
    ok(placed_text_source(&text, &cursor, 7) == 4, "the z is in its place");
    ok(text.unit == PLACE_DOUBLE, "in double bytes");
    placed_text_release(&text);
    ok(legacy_encoding_decode(bytes_of(data), "no-such", &text, NULL) ==
           STATUS_INPUT,
       "an encoding that ICU does not have");
}

int main(void)
{
    size_t i;

    for (i = 0; i < sizeof samples / sizeof *samples; i++)
        test_sample(&samples[i]);
    test_short();
    test_exceptions();
    return tap_done();
}
