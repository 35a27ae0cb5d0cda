/* SPDX-License-Identifier: GPL-2.0-or-later */
/* index/segment_writer.h against Xapian's own writer: of the same paragraphs,
 * of many shapes, both make databases that hold the same. */
#include <config.h>

#include "index/segment_writer.h"

#include "base/buffer.h"
#include "index/disk.h"
#include "index/record_block.h"
#include "index/xapian-c/xapian-c.h"
#include "tests/asan.h"
#include "tests/folder.h"
#include "tests/random.h"
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>

/* How the paragraphs of one comparison look. */
struct shape {
    const char *name;
    uint32_t n_paragraphs;
    uint32_t n_words;     /* in one, at most */
    uint32_t n_distinct;  /* how many there are to choose from */
    uint32_t word_length; /* of one, at most */
    uint32_t alphabet;    /* from the zero byte on; 0: from 'a' */
    uint32_t gap;         /* between positions, at most; 0: they fall, too */
    bool forms;           /* stems and spellings */
    bool heavy;           /* terms of great wdf */
};

/* Both writers. */
struct both {
    const struct shape *shape;
    struct segment_writer *ours;
    struct segment_part *part;
    struct buffer orders; /* values of the paragraphs in it, by length */
    xapian_writable_database *theirs;
    xapian_document *document;
    struct buffer record, word, form;
    bool failed;
};

/* A stem is a word's first two letters; a word of more than three letters has a
 * key without its last. */
static enum status short_forms(void *context, struct bytes word,
                               struct bytes language, struct word_forms *forms,
                               struct failure *failure)
{
    (void)context;
    (void)failure;
    forms->stem = (struct bytes){word.data, word.length < 2 ? 1 : 2};
    if (language.length && language.data[0] == 'x')
        forms->stem.length = 1;
    if (word.length > 3)
        forms->key = (struct bytes){word.data, word.length - 1};
    return STATUS_OK;
}

static void check(struct both *both, bool good)
{
    both->failed = both->failed || !good;
}

/* Word number I of the shape, of a length of its own. */
static void make_word(struct both *both, uint32_t i)
{
    const struct shape *shape = both->shape;
    uint64_t state = i * UINT64_C(0x9E3779B97F4A7C15) + 1;
    uint32_t length = 1 + i % shape->word_length;
    size_t size = 0;

    buffer_clear(&both->word);
    for (uint32_t j = 0; j < length; j++) {
        unsigned letter;

        state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
        letter =
            (unsigned)(state >> 40) % (shape->alphabet ? shape->alphabet : 26);
        size += letter || !shape->alphabet ? 1 : 2;
        if (size > TERM_MAX)
            break;
        buffer_append_byte(&both->word,
                           (char)(shape->alphabet ? letter : 'a' + letter));
    }
}

static void add_form(struct both *both, const char *prefix, struct bytes form,
                     struct bytes rest, uint32_t wdf)
{
    buffer_clear(&both->form);
    buffer_append_string(&both->form, prefix);
    buffer_append(&both->form, form.data, form.length);
    if (rest.length) {
        buffer_append_byte(&both->form, '\t');
        buffer_append(&both->form, rest.data, rest.length);
    }
    if (schema_term_size(buffer_bytes(&both->form)) <= TERM_MAX)
        check(both, xapian_document_add_term(both->document, both->form.data,
                                             both->form.length, wdf,
                                             NULL) == XAPIAN_OK);
}

static void add_word(struct both *both, uint32_t position,
                     struct bytes language)
{
    struct bytes word = buffer_bytes(&both->word);
    struct word_forms forms = {{NULL, 0}, {NULL, 0}};
    bool counts = random_number(10) > 0;

    check(both,
          segment_part_word(both->part, counts ? WORD_COUNTED : WORD_BESIDE,
                            word, position, NULL) == STATUS_OK);
    check(both,
          xapian_document_add_posting(both->document, word.data, word.length,
                                      position, counts, NULL) == XAPIAN_OK);
    if (!both->shape->forms)
        return;
    short_forms(NULL, word, language, &forms, NULL);
    add_form(both, TERM_STEM, forms.stem, (struct bytes){NULL, 0}, 1);
    if (forms.key.length)
        add_form(both, TERM_SPELLING, forms.key, word, 0);
}

static void add_words(struct both *both, struct bytes language)
{
    const struct shape *shape = both->shape;
    uint32_t position = 0;

    for (uint32_t n = random_number(shape->n_words + 1); n > 0; n--) {
        /* A few words make up most of it. */
        uint32_t i = random_number(shape->n_distinct);

        if (random_number(2))
            i = random_number(i + 1) % 10;
        position = shape->gap ? position + 1 + random_number(shape->gap)
                              : 1 + random_number(50);
        make_word(both, i);
        add_word(both, position, language);
    }
}

static void add_term(struct both *both, const char *term, uint32_t wdf)
{
    check(both, segment_part_term(both->part, WORD_TERM, bytes_of(term), wdf,
                                  NULL) == STATUS_OK);
    check(both, xapian_document_add_term(both->document, term, strlen(term),
                                         wdf, NULL) == XAPIAN_OK);
}

static void add_value(struct both *both, enum schema_value slot)
{
    buffer_clear(&both->form);
    for (uint32_t n = random_number(12); n > 0; n--)
        buffer_append_byte(&both->form, (char)random_number(256));
    if (slot == VALUE_ORDER) {
        buffer_append_varint(&both->orders, both->form.length);
        buffer_append(&both->orders, both->form.data, both->form.length);
    } else {
        check(both,
              segment_part_value(both->part, slot, buffer_bytes(&both->form),
                                 NULL) == STATUS_OK);
    }
    check(both,
          xapian_document_add_value(both->document, slot,
                                    both->form.data ? both->form.data : "",
                                    both->form.length, NULL) == XAPIAN_OK);
}

/* Put the part behind the others, and the values that it does not have. */
static void take(struct both *both)
{
    uint32_t document = segment_writer_n_paragraphs(both->ours);
    const char *at = both->orders.data;
    const char *end = at ? at + both->orders.length : NULL;
    uint64_t length;

    check(both, segment_part_finish(both->part, NULL) == STATUS_OK);
    check(both, segment_writer_take(both->ours, both->part, NULL) == STATUS_OK);
    while (at && varint_read(&at, end, &length)) {
        check(both, segment_writer_value(both->ours, ++document, VALUE_ORDER,
                                         (struct bytes){at, (size_t)length},
                                         NULL) == STATUS_OK);
        at += length;
    }
    buffer_clear(&both->orders);
}

/* A word that stands at no position, in a field or in the text. */
static void add_field_word(struct both *both, struct bytes language)
{
    static const struct {
        enum word_kind kind;
        const char *prefix;
    } fields[] = {{WORD_TEXT, TERM_STEM},
                  {WORD_TITLE, TERM_TITLE},
                  {WORD_HEADING, TERM_HEADING}};
    uint32_t field = random_number(3);
    struct word_forms forms = {{NULL, 0}, {NULL, 0}};

    make_word(both, random_number(both->shape->n_distinct));
    check(both,
          segment_part_term(both->part, fields[field].kind,
                            buffer_bytes(&both->word), 1, NULL) == STATUS_OK);
    if (!both->shape->forms)
        return;
    short_forms(NULL, buffer_bytes(&both->word), language, &forms, NULL);
    add_form(both, fields[field].prefix, forms.stem, (struct bytes){NULL, 0},
             1);
}

static void add_paragraph(struct both *both)
{
    struct bytes language = bytes_of(random_number(5) ? "en" : "xx");

    buffer_clear(&both->record);
    /* No record begins as a block does. */
    buffer_append_byte(&both->record, '1');
    for (uint32_t n = random_number(random_number(200) ? 60 : 40000); n > 0;
         n--)
        buffer_append_byte(&both->record, (char)random_number(n % 2 ? 3 : 256));
    if (random_number(300) == 0)
        take(both);
    check(both, segment_part_begin(both->part, buffer_bytes(&both->record),
                                   language, NULL) == STATUS_OK);
    check(both, xapian_document_new(&both->document, NULL) == XAPIAN_OK);
    if (both->failed)
        return;
    check(both, xapian_document_set_data(
                    both->document, both->record.data ? both->record.data : "",
                    both->record.length, NULL) == XAPIAN_OK);
    add_words(both, language);
    if (random_number(5) == 0)
        add_field_word(both, language);
    add_term(both, "Tkind", 0);
    /* A term that is a word, too, and one of great weight. */
    if (random_number(3) == 0)
        add_term(both, "a", both->shape->heavy ? random_number(70000) : 1);
    add_value(both, VALUE_ORDER);
    add_value(both, VALUE_DATE);
    check(both, xapian_writable_database_add_document(
                    both->theirs, both->document, NULL, NULL) == XAPIAN_OK);
    xapian_document_free(both->document);
}

/* What a database holds, as bytes, so that two can be compared. */
struct dump {
    const xapian_database *database;
    struct buffer bytes;
    uint32_t n_documents;
    bool lengths; /* whether documents' lengths are told */
    xapian_error *error;
};

static void dump_string(struct dump *dump, struct bytes string)
{
    buffer_append_varint(&dump->bytes, string.length);
    buffer_append(&dump->bytes, string.data, string.length);
}

static void dump_positions(struct dump *dump, uint32_t document,
                           struct bytes term)
{
    xapian_position_iterator *positions = NULL;

    xapian_database_positionlist(dump->database, document, term.data,
                                 term.length, &positions, &dump->error);
    while (!dump->error && !xapian_position_iterator_at_end(positions)) {
        buffer_append_varint(&dump->bytes,
                             xapian_position_iterator_position(positions));
        xapian_position_iterator_next(positions, &dump->error);
    }
    buffer_append_varint(&dump->bytes, 0);
    xapian_position_iterator_free(positions);
}

static void dump_postings(struct dump *dump, struct bytes term)
{
    xapian_posting_iterator *postings = NULL;

    dump_string(dump, term);
    xapian_database_postlist(dump->database, term.data, term.length, &postings,
                             &dump->error);
    while (!dump->error && !xapian_posting_iterator_at_end(postings)) {
        uint32_t document = xapian_posting_iterator_docid(postings), wdf = 0;

        xapian_posting_iterator_wdf(postings, &wdf, &dump->error);
        buffer_append_varint(&dump->bytes, document);
        buffer_append_varint(&dump->bytes, wdf);
        dump_positions(dump, document, term);
        xapian_posting_iterator_next(postings, &dump->error);
    }
    xapian_posting_iterator_free(postings);
}

static void dump_terms(struct dump *dump)
{
    xapian_term_iterator *terms = NULL;

    xapian_database_allterms(dump->database, "", 0, &terms, &dump->error);
    while (!dump->error && !xapian_term_iterator_at_end(terms)) {
        struct bytes term;
        uint32_t frequency = 0, sum = 0;

        term.data = xapian_term_iterator_term(terms, &term.length);
        xapian_term_iterator_termfreq(terms, &frequency, &dump->error);
        xapian_database_collection_freq(dump->database, term.data, term.length,
                                        &sum, &dump->error);
        buffer_append_varint(&dump->bytes, frequency);
        buffer_append_varint(&dump->bytes, sum);
        dump_postings(dump, term);
        xapian_term_iterator_next(terms, &dump->error);
    }
    xapian_term_iterator_free(terms);
}

static void dump_values(struct dump *dump, unsigned slot)
{
    xapian_value_iterator *values = NULL;

    xapian_database_valuestream(dump->database, slot, &values, &dump->error);
    while (!dump->error && !xapian_value_iterator_at_end(values)) {
        struct bytes value;

        value.data = xapian_value_iterator_value(values, &value.length);
        buffer_append_varint(&dump->bytes, xapian_value_iterator_docid(values));
        dump_string(dump, value);
        xapian_value_iterator_next(values, &dump->error);
    }
    xapian_value_iterator_free(values);
}

/* How many documents before ID its record is; theirs has none elsewhere. */
static uint32_t distance(struct dump *dump, uint32_t id)
{
    xapian_document *document = NULL;
    const char *value = NULL;
    size_t length = 0;
    uint64_t before = 0;

    if (xapian_database_get_document(dump->database, id, 0, &document,
                                     &dump->error) == XAPIAN_OK &&
        xapian_document_get_value(document, VALUE_BLOCK, &value, &length,
                                  &dump->error) == XAPIAN_OK &&
        length)
        varint_read(&value, value + length, &before);
    xapian_document_free(document);
    return (uint32_t)before;
}

static void dump_document(struct dump *dump, uint32_t id)
{
    uint32_t before = distance(dump, id), length = 0;
    xapian_document *document = NULL;
    struct bytes data = {NULL, 0}, record = {NULL, 0};

    if (xapian_database_get_document(dump->database, id - before, 0, &document,
                                     &dump->error) == XAPIAN_OK)
        xapian_document_get_data(document, &data.data, &data.length,
                                 &dump->error);
    if (!record_block_find(data, before, &record))
        ok(false, "the record of %u", id);
    dump_string(dump, record);
    xapian_document_free(document);
    if (dump->lengths)
        xapian_database_doclength(dump->database, id, &length, &dump->error);
    buffer_append_varint(&dump->bytes, length);
}

/* The dump of the database in PATH; its memory is the caller's. */
static struct buffer dump_database(const char *path, bool lengths)
{
    struct dump dump = {.lengths = lengths};
    xapian_database *database = NULL;

    xapian_database_open(path, strlen(path), 0, &database, &dump.error);
    dump.database = database;
    if (!dump.error)
        xapian_database_doccount(database, &dump.n_documents, &dump.error);
    for (uint32_t id = 1; !dump.error && id <= dump.n_documents; id++)
        dump_document(&dump, id);
    if (!dump.error)
        dump_terms(&dump);
    if (!dump.error)
        dump_values(&dump, VALUE_ORDER);
    if (!dump.error)
        dump_values(&dump, VALUE_DATE);
    ok(!dump.error && !dump.bytes.failed, "%u documents dumped",
       dump.n_documents);
    if (dump.error)
        printf("# %s\n", xapian_error_message(dump.error, NULL));
    xapian_error_free(dump.error);
    xapian_database_free(database);
    return dump.bytes;
}

/* Where two dumps first differ, for a person to look at. */
static void compare_dumps(const struct shape *shape, const char *ours,
                          const char *theirs)
{
    struct buffer a = dump_database(ours, !shape->forms);
    struct buffer b = dump_database(theirs, !shape->forms);
    size_t same = 0;

    while (same < a.length && same < b.length && a.data[same] == b.data[same])
        same++;
    ok(a.length == b.length && same == a.length, "%s: both are the same",
       shape->name);
    if (same < a.length || same < b.length)
        printf("# %zu bytes and %zu, the first %zu the same\n", a.length,
               b.length, same);
    buffer_release(&a);
    buffer_release(&b);
}

static void check_with_xapian(const char *path)
{
    xapian_error *error = NULL;
    size_t n_errors = 1, length = 0;
    char *report = NULL;

    xapian_database_check(path, strlen(path), 0, &n_errors, &report, &length,
                          &error);
    ok(!error && n_errors == 0, "Xapian checks it");
    if (error || n_errors)
        printf("# %.*s%s\n", (int)length, report ? report : "",
               error ? xapian_error_message(error, NULL) : "");
    xapian_free(report);
    xapian_error_free(error);
}

static bool same_files(const char *a, const char *b)
{
    char command[512];

    snprintf(command, sizeof command, "diff -r '%s' '%s'", a, b);
    return system(command) == 0;
}

static void test_shape(const struct shape *shape)
{
    const struct segment_options options = {
        .forms = shape->forms ? short_forms : NULL, .portable = true};
    struct both both = {.shape = shape};
    char ours[128], theirs[128];

    snprintf(ours, sizeof ours, "%s/ours", folder);
    snprintf(theirs, sizeof theirs, "%s/theirs", folder);
    check(&both,
          segment_writer_new(ours, &options, &both.ours, NULL) == STATUS_OK);
    check(&both, segment_part_new(true, &both.part, NULL) == STATUS_OK);
    check(&both,
          xapian_writable_database_open(theirs, strlen(theirs),
                                        XAPIAN_DB_CREATE | XAPIAN_DB_NO_SYNC, 0,
                                        &both.theirs, NULL) == XAPIAN_OK);
    for (uint32_t i = 0; !both.failed && i < shape->n_paragraphs; i++)
        add_paragraph(&both);
    take(&both);
    check(&both, segment_writer_metadata(both.ours, "key", "value", NULL) ==
                     STATUS_OK);
    check(&both, segment_writer_metadata(both.ours, "a key", "a value", NULL) ==
                     STATUS_OK);
    check(&both, segment_writer_finish(both.ours, NULL) == STATUS_OK);
    check(&both,
          xapian_writable_database_commit(both.theirs, NULL) == XAPIAN_OK);
    ok(!both.failed, "%s: %u paragraphs", shape->name, shape->n_paragraphs);
    segment_part_free(both.part);
    segment_writer_free(both.ours);
    xapian_writable_database_free(both.theirs);
    buffer_release(&both.record);
    buffer_release(&both.word);
    buffer_release(&both.form);
    buffer_release(&both.orders);
    check_with_xapian(ours);
    compare_dumps(shape, ours, theirs);
    disk_remove_folder(ours, NULL);
    disk_remove_folder(theirs, NULL);
}

/* Words of two languages, in one part or in several. */
static bool write_words(const char *path, size_t n_threads)
{
    const struct segment_options options = {.forms = short_forms,
                                            .n_threads = n_threads};
    struct segment_writer *segment = NULL;
    struct segment_part *part = NULL;
    bool good =
        segment_writer_new(path, &options, &segment, NULL) == STATUS_OK &&
        segment_part_new(false, &part, NULL) == STATUS_OK;

    for (uint32_t i = 0; good && i < 30000; i++) {
        char word[16];

        good = segment_part_begin(part, bytes_of("text"),
                                  bytes_of(i % 2 ? "en" : "xx"),
                                  NULL) == STATUS_OK;
        for (uint32_t j = 0; good && j < 20; j++) {
            snprintf(word, sizeof word, "w%u", i * j % 7000);
            good = segment_part_word(part, WORD_COUNTED, bytes_of(word), 1 + j,
                                     NULL) == STATUS_OK;
        }
        if (good && i % 1000 == 999)
            good = segment_writer_take(segment, part, NULL) == STATUS_OK;
    }
    good = good && segment_writer_finish(segment, NULL) == STATUS_OK;
    segment_part_free(part);
    segment_writer_free(segment);
    return good;
}

/* The same paragraphs give the same bytes, by however many threads. */
static void test_same_bytes(void)
{
    char paths[2][128];

    for (size_t i = 0; i < 2; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/same%zu", folder, i);
        ok(write_words(paths[i], 1 + 3 * i), "a segment");
    }
    ok(same_files(paths[0], paths[1]), "made twice, byte by byte");
    disk_remove_folder(paths[0], NULL);
    disk_remove_folder(paths[1], NULL);
}

int main(void)
{
    static const struct shape shapes[] = {
        {"nothing", 0, 0, 1, 1, 0, 1, false, false},
        {"empty paragraphs", 300, 0, 1, 1, 0, 1, false, false},
        {"one word", 1, 1, 1, 1, 0, 1, true, false},
        {"text", 3000, 60, 2000, 12, 0, 1, false, false},
        {"text with forms", 3000, 60, 2000, 12, 0, 3, true, false},
        {"zero bytes", 1500, 30, 3000, 245, 3, 1, false, false},
        {"zero bytes with forms", 1500, 30, 500, 240, 3, 1, true, false},
        {"long words", 1000, 40, 5000, 245, 256, 1, false, false},
        {"great weights", 1000, 20, 50, 5, 0, 100, false, true},
        {"wide gaps", 300, 300, 20, 3, 0, 5000000, false, false},
        {"falling positions", 500, 100, 20, 3, 0, 0, true, false},
        {"long lists", 12000, 3, 4, 2, 0, 1, true, false},
        {"long paragraphs", 20, 20000, 3000, 9, 0, 2, true, false},
    };

    folder_make("segment-test");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        test_shape(&shapes[i]);
    test_same_bytes();
    folder_remove();
    return tap_done();
}
