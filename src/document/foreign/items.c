/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kept blocks, and what becomes of a table of them.
 *
 * A table is there for the layout of the page, not for its content, if
 *
 *   1. no row of it has text in more than one cell, or
 *   2. some cell holds two long paragraphs or more (LONG_TEXT), or a heading
 *      and a long paragraph: a page in columns, a text in a frame.
 *
 * Then its paragraphs come out one by one. If each row of two cells has in the
 * first nothing but the mark of a list item, and in most rows the second is a
 * sentence (SENTENCE), it is a list: 3. each row is a paragraph with a number.
 */
#include <config.h>

#include "src/document/foreign/items.h"

#include "src/document/characters.h"

#include <stdlib.h>

enum {
    LONG_TEXT = 160, /* bytes: two lines of print or more */
    SENTENCE = 60,
    LONGEST_MARK = 8, /* "(xviii)", "12.3.4." */
};

void items_release(struct items *items)
{
    buffer_release(&items->data);
    free(items->items);
    *items = (struct items){0};
}

void items_clear(struct items *items)
{
    buffer_clear(&items->data);
    items->n = 0;
}

bool items_add(struct items *items, const struct block *block, size_t row,
               size_t cell)
{
    struct buffer *data = &items->data;

    if (!array_grow(&items->items, &items->capacity, items->n + 1,
                    sizeof *items->items))
        return false;
    items->items[items->n++] = (struct item){
        .role = block->role,
        .level = block->level,
        .number = data->length,
        .number_length = block->number.length,
        .text = data->length + block->number.length,
        .text_length = block->text.length,
        .row = row,
        .cell = cell,
    };
    buffer_append(data, block->number.data, block->number.length);
    buffer_append(data, block->text.data, block->text.length);
    return !data->failed;
}

struct block items_block(const struct items *items, size_t i)
{
    const struct item *item = &items->items[i];
    const char *data = items->data.data;

    return (struct block){
        .role = item->role,
        .level = item->level,
        .number = {data + item->number, item->number_length},
        .text = {data + item->text, item->text_length},
    };
}

/* Whether ITEM is what stands in its cell, not a note or hidden text. */
static bool is_content(const struct item *item)
{
    return item->role != BLOCK_FOOTNOTE && item->role != BLOCK_FURNITURE;
}

/* The item that begins the row after the one of item I. */
static size_t row_end(const struct items *table, size_t i)
{
    size_t row = table->items[i].row;

    while (i < table->n && table->items[i].row == row)
        i++;
    return i;
}

/* How many cells with text the row of the items START to END has. */
static size_t count_cells(const struct items *table, size_t start, size_t end)
{
    size_t n = 0, last = 0, i;

    for (i = start; i < end; i++) {
        const struct item *item = &table->items[i];

        if (!is_content(item))
            continue;
        n += n == 0 || item->cell != last;
        last = item->cell;
    }
    return n;
}

/* Rule 1. */
static bool is_one_column(const struct items *table)
{
    size_t start, end;

    for (start = 0; start < table->n; start = end) {
        end = row_end(table, start);
        if (count_cells(table, start, end) > 1)
            return false;
    }
    return true;
}

/* Rule 2. */
static bool holds_pages(const struct items *table)
{
    size_t n_long = 0, n_headings = 0, i;

    for (i = 0; i < table->n; i++) {
        const struct item *item = &table->items[i];
        bool heading = item->role == BLOCK_HEADING || item->role == BLOCK_TITLE;

        if (i == 0 || item->row != item[-1].row || item->cell != item[-1].cell)
            n_long = n_headings = 0;
        n_headings += heading;
        n_long += !heading && is_content(item) && item->text_length > LONG_TEXT;
        if (n_long > 1 || (n_long > 0 && n_headings > 0))
            return true;
    }
    return false;
}

static bool is_mark(struct bytes text)
{
    return text.length <= LONGEST_MARK && begins_with_item_mark(text) &&
           !memchr(text.data, ' ', text.length);
}

/* Whether a row of a list, START to END: a mark and a paragraph. */
static bool is_list_row(const struct items *table, size_t start, size_t end)
{
    return end - start >= 2 && is_content(&table->items[start]) &&
           is_content(&table->items[start + 1]) &&
           table->items[start].cell != table->items[start + 1].cell &&
           table->items[start].number_length == 0 &&
           is_mark(items_block(table, start).text);
}

/* Rule 3. */
static bool is_list(const struct items *table)
{
    size_t start, end, n = 0, n_sentences = 0;

    for (start = 0; start < table->n; start = end) {
        size_t n_cells;

        end = row_end(table, start);
        n_cells = count_cells(table, start, end);
        if (n_cells > 2 || (n_cells == 2 && !is_list_row(table, start, end)))
            return false;
        if (n_cells == 2) {
            n++;
            n_sentences += table->items[start + 1].text_length > SENTENCE;
        }
    }
    return n > 0 && n_sentences * 2 > n;
}

static enum status give_items(const struct items *table, size_t start,
                              size_t end, bool content, bool others,
                              const struct item_receiver *receiver,
                              struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = start; i < end && status == STATUS_OK; i++) {
        struct block block = items_block(table, i);

        if (is_content(&table->items[i]) ? content : others)
            status = receiver->put(receiver->context, &block, failure);
    }
    return status;
}

static enum status give_list_row(const struct items *table, size_t start,
                                 size_t end,
                                 const struct item_receiver *receiver,
                                 struct failure *failure)
{
    struct block mark = items_block(table, start);
    struct block block = items_block(table, start + 1);
    enum status status;

    if (block.number.length == 0)
        block.number = mark.text;
    status = receiver->put(receiver->context, &block, failure);
    if (status == STATUS_OK)
        status =
            give_items(table, start + 2, end, true, true, receiver, failure);
    return status;
}

/* A row of data: its cells on one line, then its notes. */
static enum status give_row(const struct items *table, size_t start, size_t end,
                            struct buffer *line,
                            const struct item_receiver *receiver,
                            struct failure *failure)
{
    struct block row = {.role = BLOCK_TABLE};
    enum status status = STATUS_OK;
    size_t last = 0, i;

    buffer_clear(line);
    for (i = start; i < end; i++) {
        struct block block = items_block(table, i);

        if (!is_content(&table->items[i]))
            continue;
        if (line->length > 0)
            buffer_append_string(line,
                                 table->items[i].cell != last ? " | " : " ");
        last = table->items[i].cell;
        if (block.number.length > 0) {
            buffer_append(line, block.number.data, block.number.length);
            buffer_append_byte(line, ' ');
        }
        buffer_append(line, block.text.data, block.text.length);
    }
    if (line->failed)
        return fail_memory(failure);
    row.text = buffer_bytes(line);
    if (row.text.length > 0)
        status = receiver->put(receiver->context, &row, failure);
    if (status == STATUS_OK)
        status = give_items(table, start, end, false, true, receiver, failure);
    return status;
}

enum status items_give_table(const struct items *table,
                             const struct item_receiver *receiver,
                             struct failure *failure)
{
    struct buffer line = BUFFER_EMPTY;
    enum status status = STATUS_OK;
    bool list = is_list(table);
    size_t start, end;

    if (!list && (is_one_column(table) || holds_pages(table)))
        return give_items(table, 0, table->n, true, true, receiver, failure);
    for (start = 0; start < table->n && status == STATUS_OK; start = end) {
        end = row_end(table, start);
        if (list && count_cells(table, start, end) == 2)
            status = give_list_row(table, start, end, receiver, failure);
        else if (list)
            status =
                give_items(table, start, end, true, true, receiver, failure);
        else
            status = give_row(table, start, end, &line, receiver, failure);
    }
    buffer_release(&line);
    return status;
}
