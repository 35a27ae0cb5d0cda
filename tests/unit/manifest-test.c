/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small parts of an index that need no database: terms of the schema,
 * manifests good and hostile (tests/data/manifests.tsv), query trees. */
#include <config.h>

#include "index/manifest.h"

#include "index/query.h"
#include "index/schema.h"
#include "tests/lines.h"
#include "tests/tap.h"

#include <stdint.h>
#include <stdlib.h>

static void test_terms(void)
{
    char value[400], other[400];
    struct buffer term = BUFFER_EMPTY, second = BUFFER_EMPTY;

    schema_term(&term, TERM_DOCUMENT, bytes_of("A/RES/59/153"));
    is_bytes(buffer_bytes(&term), "XDA/RES/59/153", "a short term");

    memset(value, 'x', sizeof value);
    memset(other, 'x', sizeof other);
    other[sizeof other - 1] = 'y';
    buffer_clear(&term);
    schema_term(&term, TERM_PATH, (struct bytes){value, TERM_MAX - 1});
    ok(term.length == TERM_MAX && term.data[TERM_MAX - 1] == 'x',
       "the longest that fits is as it is");
    buffer_clear(&term);
    schema_term(&term, TERM_PATH, (struct bytes){value, TERM_MAX});
    ok(term.length == TERM_MAX && term.data[TERM_MAX - 17] == '#',
       "the next is cut");
    is_bytes((struct bytes){term.data + TERM_MAX - 16, 16}, "4ed05ea18a407b17",
             "and ends in the hash of the whole");
    buffer_clear(&term);
    schema_term(&term, TERM_PATH, (struct bytes){value, sizeof value});
    schema_term(&second, TERM_PATH, (struct bytes){other, sizeof other});
    ok(term.length == TERM_MAX && second.length == TERM_MAX &&
           memcmp(term.data, second.data, TERM_MAX - 17) == 0 &&
           memcmp(term.data, second.data, TERM_MAX) != 0,
       "what is cut differs in its hash");

    memset(value, 0, sizeof value);
    buffer_clear(&term);
    schema_term(&term, TERM_PATH, (struct bytes){value, sizeof value});
    ok(schema_term_size(buffer_bytes(&term)) <= TERM_MAX,
       "zero bytes count double");

    for (size_t i = 0; i + 1 < sizeof value; i += 2)
        memcpy(value + i, "\xC3\xA9", 2);
    buffer_clear(&term);
    schema_term(&term, TERM_PATH, (struct bytes){value, sizeof value});
    ok((unsigned char)term.data[term.length - 18] == 0xA9,
       "a cut is between code points");

    buffer_release(&second);
    buffer_release(&term);
}

static const struct {
    const char *name;
    enum status status;
} statuses[] = {
    {"ok", STATUS_OK},
    {"no-index", STATUS_NO_INDEX},
    {"schema", STATUS_SCHEMA},
    {"corrupt", STATUS_CORRUPT},
};

/* Put the hash of all before it in place of "HASH" in the last line. */
static void add_hash(struct bytes text, struct buffer *buffer)
{
    size_t before = 0;

    buffer_append(buffer, text.data, text.length);
    for (size_t i = 0; i + 11 <= text.length; i++)
        if (memcmp(text.data + i, "# end HASH\n", 11) == 0)
            before = i;
    if (before == 0)
        return;
    buffer->length = before + 6;
    buffer_append_format(
        buffer, "%016jx\n",
        (uintmax_t)content_hash((struct bytes){text.data, before}));
    buffer_append(buffer, text.data + before + 11, text.length - before - 11);
}

static void test_manifest(void *context, const struct line *line)
{
    struct buffer hashed = BUFFER_EMPTY;
    struct bytes wanted = line->fields[0], text;
    struct manifest manifest, again;
    struct buffer written = BUFFER_EMPTY;
    enum status status;
    char *copy;

    (void)context;
    add_hash(line->fields[1], &hashed);
    text = buffer_bytes(&hashed);
    copy = malloc(text.length + 1);
    if (!copy)
        return;
    /* A copy of its own, so that AddressSanitizer sees its end. */
    if (text.length)
        memcpy(copy, text.data, text.length);
    copy = realloc(copy, text.length ? text.length : 1);
    status = manifest_parse("DIR", copy, text.length, &manifest, NULL);
    free(copy);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (bytes_equal(wanted, bytes_of(statuses[i].name)))
            ok(status == statuses[i].status, "%s", line->name);
    if (status == STATUS_OK) {
        manifest_format(&manifest, &written);
        ok(manifest_parse("DIR", written.data, written.length, &again, NULL) ==
                   STATUS_OK &&
               again.n_segments == manifest.n_segments &&
               again.next_segment == manifest.next_segment &&
               again.generation == manifest.generation &&
               again.files.check.hash == manifest.files.check.hash &&
               again.deleted.number == manifest.deleted.number &&
               again.others.length == manifest.others.length,
           "and is written as it was");
        manifest_release(&again);
    } else {
        ok(!manifest.analyzer && !manifest.segments, "and is left empty");
    }
    buffer_release(&written);
    buffer_release(&hashed);
    manifest_release(&manifest);
}

static void test_segment_names(void)
{
    char name[SEGMENT_NAME_MAX];
    uint32_t segment;

    segment_name(name, 7);
    ok(strcmp(name, "segment-000007") == 0, "the name of a segment");
    ok(segment_parse(bytes_of(name), &segment) && segment == 7,
       "and back to its number");
    segment_name(name, UINT32_MAX);
    ok(segment_parse(bytes_of(name), &segment) && segment == UINT32_MAX,
       "of the last one, too");
    ok(!segment_parse(bytes_of("segment-"), &segment), "none without number");
}

static void test_queries(void)
{
    struct query_node *node =
        query_add(query_node_new(QUERY_AND, 0), query_term_new("one", 3, 1));

    node = query_simplify(node);
    ok(node && node->operator== QUERY_TERM, "AND of one is that one");
    query_free(node);

    node = query_simplify(query_node_new(QUERY_OR, 0));
    ok(node && node->operator== QUERY_NOTHING, "OR of none is nothing");
    query_free(node);

    node = query_simplify(query_all_new());
    ok(node && node->operator== QUERY_ALL, "ALL stays");
    ok(!query_add(node, NULL), "a missing child takes its parent with it");
    ok(!query_add(NULL, query_term_new("one", 3, 1)), "and the reverse");
    ok(!query_simplify(NULL), "nothing to simplify");

    node = query_node_new(QUERY_OR, 0);
    for (uint32_t i = 0; i < 10000; i++)
        node = query_add(node, query_term_new((const char *)&i, 4, 1));
    ok(node && query_simplify(node) == node && node->n_children == 10000,
       "a wide tree");
    query_free(node);

    node = query_node_new(QUERY_OR, 0);
    for (int i = 0; i < 10000; i++)
        node = query_add(node, query_term_new(i % 2 ? "x" : "y", 1, 1));
    node = query_add(node, query_all_new());
    node = query_simplify(node);
    ok(node && node->n_children == 3 && node->children[0]->wqf == 5000 &&
           bytes_equal(node->children[0]->term, bytes_of("y")) &&
           node->children[2]->operator== QUERY_ALL,
       "a term is once in an OR, where it first stood");
    query_free(node);
    node = query_node_new(QUERY_OR, 0);
    for (int i = 0; i < 6; i++)
        node = query_add(
            node, query_scale_new(query_term_new("x", 1, 1), i % 2 ? 1.5 : 2));
    node = query_simplify(node);
    ok(node && node->n_children == 2 && node->children[0]->factor == 6 &&
           node->children[1]->factor == 4.5,
       "equal SCALEs in an OR are one that counts as much");
    query_free(node);
    node = query_term_new(NULL, 0, 0);
    ok(node && node->wqf == 1, "the empty term");
    query_free(node);
    query_free(NULL);
}

int main(void)
{
    test_terms();
    test_segment_names();
    test_lines("tests/data/manifests.tsv", 2, test_manifest, NULL);
    test_queries();
    return tap_done();
}
