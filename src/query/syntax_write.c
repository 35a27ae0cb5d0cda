/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tree as a query again, with a parenthesis wherever one may stand, so that
 * it shows what binds to what; parsed again, it gives the same tree. */
#include <config.h>

#include "src/query/syntax.h"

#include <stdio.h>
#include <string.h>

/* TEXT, as it was written in some quotation marks, or in none, between those
 * that begin and end with '"'. */
static void write_quoted(struct buffer *out, struct bytes text)
{
    bool escaped = false;
    size_t i;

    buffer_append_byte(out, '"');
    for (i = 0; i < text.length; i++) {
        if (text.data[i] == '"' && !escaped)
            buffer_append_byte(out, '\\');
        escaped = !escaped && text.data[i] == '\\';
        buffer_append_byte(out, text.data[i]);
    }
    buffer_append_byte(out, '"');
}

/* The inside of a phrase with alternatives. */
static void write_alternatives(struct buffer *out, const struct syntax *phrase)
{
    size_t i, j;

    for (i = 0; i < phrase->n_children; i++) {
        const struct syntax *part = phrase->children[i];

        if (part->kind == SYNTAX_WORDS)
            buffer_append(out, part->text.data, part->text.length);
        for (j = 0; j < part->n_children; j++) {
            struct bytes text = part->children[j]->text;

            buffer_append_byte(out, j ? '|' : '(');
            buffer_append(out, text.data, text.length);
        }
        if (part->kind != SYNTAX_WORDS)
            buffer_append_byte(out, ')');
    }
}

static void write_phrase(struct buffer *out, const struct syntax *phrase)
{
    struct buffer inside = BUFFER_EMPTY;

    if (phrase->inflected)
        buffer_append_byte(out, '~');
    if (phrase->n_children > 0) {
        write_alternatives(&inside, phrase);
        write_quoted(out, buffer_bytes(&inside));
        out->failed |= inside.failed;
        buffer_release(&inside);
        return;
    }
    write_quoted(out, phrase->text);
}

static void write_children(struct buffer *out, const struct syntax *tree)
{
    size_t i;

    buffer_append_byte(out, '(');
    for (i = 0; i < tree->n_children; i++) {
        if (i > 0)
            buffer_append_byte(out, ' ');
        switch (i > 0 ? tree->kind : SYNTAX_GROUP) {
        case SYNTAX_AND: buffer_append_string(out, "AND "); break;
        case SYNTAX_OR: buffer_append_string(out, "OR "); break;
        case SYNTAX_XOR: buffer_append_string(out, "XOR "); break;
        case SYNTAX_NOT: buffer_append_string(out, "NOT "); break;
        case SYNTAX_NEAR:
            buffer_append_format(out, "NEAR/%u ", (unsigned)tree->distance);
            break;
        case SYNTAX_ONEAR:
            buffer_append_format(out, "ONEAR/%u ", (unsigned)tree->distance);
            break;
        case SYNTAX_WORDS:
        case SYNTAX_FUZZY:
        case SYNTAX_EXACT:
        case SYNTAX_PHRASE:
        case SYNTAX_FIELD:
        case SYNTAX_GROUP: break;
        }
        syntax_write(tree->children[i], out);
    }
    buffer_append_byte(out, ')');
}

static void write_boost(struct buffer *out, double boost)
{
    char number[32];
    size_t i;

    snprintf(number, sizeof number, "%.6f", boost);
    for (i = strlen(number); number[i - 1] == '0'; i--)
        ;
    number[number[i - 1] == '.' ? i - 1 : i] = '\0';
    buffer_append_format(out, "^%s", number);
}

void syntax_write(const struct syntax *tree, struct buffer *out)
{
    if (tree->required || tree->excluded)
        buffer_append_byte(out, tree->required ? '+' : '-');
    switch (tree->kind) {
    case SYNTAX_EXACT:
    case SYNTAX_WORDS:
    case SYNTAX_FUZZY:
        if (tree->kind == SYNTAX_EXACT)
            buffer_append_byte(out, '=');
        buffer_append(out, tree->text.data, tree->text.length);
        if (tree->kind == SYNTAX_FUZZY)
            buffer_append_format(out, "~%u", (unsigned)tree->distance);
        break;
    case SYNTAX_PHRASE: write_phrase(out, tree); break;
    case SYNTAX_FIELD:
        buffer_append_format(out, "%s:", query_field_name(tree->field));
        write_quoted(out, tree->text);
        break;
    case SYNTAX_AND:
    case SYNTAX_OR:
    case SYNTAX_XOR:
    case SYNTAX_NOT:
    case SYNTAX_NEAR:
    case SYNTAX_ONEAR:
    case SYNTAX_GROUP: write_children(out, tree); break;
    }
    if (tree->boost != 1)
        write_boost(out, tree->boost);
}
