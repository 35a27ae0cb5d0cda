/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists as ECMA-376, part 1, section 17.9 has them.
 *
 * An abstract definition has nine levels and, here, their counters. Instances
 * of it (which paragraphs name) share the counters, as they do in Word; one may
 * have a level start again, once, and may replace levels. */
#include <config.h>

#include "src/document/foreign/docx_numbering.h"

#include "src/document/foreign/number_format.h"
#include "src/document/foreign/ooxml.h"
#include "src/document/foreign/xml.h"

#include <stdlib.h>

enum {
    N_LEVELS = 9,
    MAX_LISTS = 32768, /* Word allows for 2048 */
};

struct definition {
    struct bytes id, style, follows; /* .follows: the style of the definition
                                        that stands for this one */
    const xmlNode *levels[N_LEVELS];
    long counters[N_LEVELS];
    bool counting[N_LEVELS];
};

struct instance {
    struct bytes id;
    struct definition *definition;
    const xmlNode *levels[N_LEVELS]; /* replaced ones */
    long starts[N_LEVELS];           /* -1: goes on */
};

struct docx_numbering {
    struct definition *definitions;
    size_t n_definitions, definitions_capacity;
    struct instance *instances;
    size_t n_instances, instances_capacity;
};

static int compare_definitions(const void *a, const void *b)
{
    const struct definition *left = a, *right = b;

    return bytes_compare(left->id, right->id);
}

static int compare_instances(const void *a, const void *b)
{
    const struct instance *left = a, *right = b;

    return bytes_compare(left->id, right->id);
}

/* The levels among the children of NODE into LEVELS. */
static void collect_levels(const xmlNode *node, const xmlNode **levels)
{
    const xmlNode *child;

    for (child = node->children; child; child = child->next) {
        long level = ooxml_number(xml_attribute(child, "ilvl"), N_LEVELS);

        if (xml_is(child, "lvl") && level < N_LEVELS)
            levels[level] = child;
    }
}

static bool add_definition(struct docx_numbering *numbering,
                           const xmlNode *node)
{
    struct definition *definition;

    if (!array_grow(&numbering->definitions, &numbering->definitions_capacity,
                    numbering->n_definitions + 1,
                    sizeof *numbering->definitions))
        return false;
    definition = &numbering->definitions[numbering->n_definitions++];
    *definition = (struct definition){
        .id = xml_attribute(node, "abstractNumId"),
        .style = ooxml_value(node, "styleLink"),
        .follows = ooxml_value(node, "numStyleLink"),
    };
    collect_levels(node, definition->levels);
    return true;
}

static struct definition *find_definition(struct docx_numbering *numbering,
                                          struct bytes id)
{
    struct definition key = {.id = id}, *found = NULL;
    size_t i;

    if (numbering->n_definitions > 0)
        found = bsearch(&key, numbering->definitions, numbering->n_definitions,
                        sizeof key, compare_definitions);
    if (!found || found->follows.length == 0)
        return found;
    for (i = 0; i < numbering->n_definitions; i++)
        if (bytes_equal(numbering->definitions[i].style, found->follows))
            return &numbering->definitions[i];
    return found;
}

static bool add_instance(struct docx_numbering *numbering, const xmlNode *node)
{
    struct instance *instance;
    const xmlNode *child;
    int i;

    if (!array_grow(&numbering->instances, &numbering->instances_capacity,
                    numbering->n_instances + 1, sizeof *numbering->instances))
        return false;
    instance = &numbering->instances[numbering->n_instances++];
    *instance = (struct instance){.id = xml_attribute(node, "numId")};
    instance->definition =
        find_definition(numbering, ooxml_value(node, "abstractNumId"));
    for (i = 0; i < N_LEVELS; i++)
        instance->starts[i] = -1;
    for (child = node->children; child; child = child->next) {
        long level = ooxml_number(xml_attribute(child, "ilvl"), N_LEVELS);

        if (!xml_is(child, "lvlOverride") || level >= N_LEVELS)
            continue;
        collect_levels(child, instance->levels);
        instance->starts[level] =
            ooxml_number(ooxml_value(child, "startOverride"), -1);
    }
    return true;
}

/* The lists of the document below TOP; false if memory is short. */
static bool collect(struct docx_numbering *numbering, const xmlNode *top)
{
    const xmlNode *node;

    for (node = top->children; node; node = node->next)
        if (xml_is(node, "abstractNum") &&
            numbering->n_definitions < MAX_LISTS &&
            !add_definition(numbering, node))
            return false;
    if (numbering->n_definitions > 0)
        qsort(numbering->definitions, numbering->n_definitions,
              sizeof *numbering->definitions, compare_definitions);
    for (node = top->children; node; node = node->next)
        if (xml_is(node, "num") && numbering->n_instances < MAX_LISTS &&
            !add_instance(numbering, node))
            return false;
    if (numbering->n_instances > 0)
        qsort(numbering->instances, numbering->n_instances,
              sizeof *numbering->instances, compare_instances);
    return true;
}

enum status docx_numbering_new(const xmlDoc *document,
                               struct docx_numbering **numbering,
                               struct failure *failure)
{
    const xmlNode *top = document ? xmlDocGetRootElement(document) : NULL;
    struct docx_numbering *made = calloc(1, sizeof *made);

    *numbering = NULL;
    if (!made || (top && !collect(made, top))) {
        docx_numbering_free(made);
        return fail_memory(failure);
    }
    *numbering = made;
    return STATUS_OK;
}

void docx_numbering_free(struct docx_numbering *numbering)
{
    if (!numbering)
        return;
    free(numbering->definitions);
    free(numbering->instances);
    free(numbering);
}

static struct instance *find_instance(const struct docx_numbering *numbering,
                                      struct bytes id)
{
    struct instance key = {.id = id}, *found = NULL;

    if (numbering->n_instances > 0)
        found = bsearch(&key, numbering->instances, numbering->n_instances,
                        sizeof key, compare_instances);
    return found && found->definition ? found : NULL;
}

static const xmlNode *level_node(const struct instance *instance,
                                 unsigned level)
{
    return instance->levels[level] ? instance->levels[level]
                                   : instance->definition->levels[level];
}

unsigned docx_numbering_level(const struct docx_numbering *numbering,
                              struct bytes id, struct bytes style)
{
    const struct instance *instance = find_instance(numbering, id);
    unsigned level;

    for (level = 0; instance && level < N_LEVELS; level++) {
        const xmlNode *node = level_node(instance, level);

        if (node && style.length > 0 &&
            bytes_equal(ooxml_value(node, "pStyle"), style))
            return level;
    }
    return 0;
}

static long start_of(const struct instance *instance, unsigned level)
{
    return ooxml_number(ooxml_value(level_node(instance, level), "start"), 0);
}

/* A paragraph at LEVEL: count it, and let the levels below begin again, but
 * for those that say when they do (lvlRestart: 0 never, n after a paragraph
 * of one of the first n levels). */
static void count(struct instance *instance, unsigned level)
{
    struct definition *definition = instance->definition;
    unsigned below;

    if (instance->starts[level] >= 0) {
        definition->counters[level] = instance->starts[level];
        instance->starts[level] = -1;
    } else if (definition->counting[level]) {
        definition->counters[level]++;
    } else {
        definition->counters[level] = start_of(instance, level);
    }
    definition->counting[level] = true;
    for (below = level + 1; below < N_LEVELS; below++) {
        long after = ooxml_number(
            ooxml_value(level_node(instance, below), "lvlRestart"), below);

        if ((long)level < after)
            definition->counting[below] = false;
    }
}

/* The number that LEVEL has at the moment. */
static void append_counter(const struct instance *instance, unsigned level,
                           bool legal, struct buffer *number)
{
    const struct definition *definition = instance->definition;
    const xmlNode *node = level_node(instance, level);
    struct bytes name = ooxml_value(node, "numFmt");
    enum number_format format =
        name.length > 0 ? number_format_named(name) : NUMBER_DECIMAL;

    number_append(number, legal ? NUMBER_DECIMAL : format,
                  definition->counting[level] ? definition->counters[level]
                                              : start_of(instance, level));
}

/* Append the number by TEXT, where %1 to %9 stand for the levels. */
static void append_number(const struct instance *instance, struct bytes text,
                          bool legal, struct buffer *number)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        char next = i + 1 < text.length ? text.data[i + 1] : '0';

        if (text.data[i] == '%' && next >= '1' && next <= '9')
            append_counter(instance, (unsigned)(text.data[++i] - '1'), legal,
                           number);
        else
            buffer_append_byte(number, text.data[i]);
    }
}

bool docx_numbering_next(struct docx_numbering *numbering, struct bytes id,
                         unsigned level, struct buffer *number)
{
    struct instance *instance = find_instance(numbering, id);
    const xmlNode *node, *legal;

    if (!instance || level >= N_LEVELS)
        return false;
    node = level_node(instance, level);
    if (!node)
        return false;
    count(instance, level);
    legal = ooxml_child(node, "isLgl");
    if (!bytes_are(ooxml_value(node, "numFmt"), "bullet"))
        append_number(instance, ooxml_value(node, "lvlText"),
                      legal && ooxml_is_on(legal), number);
    return true;
}
