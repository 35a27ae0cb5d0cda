/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing a forward index, from its first byte to its last. */
#include <config.h>

#include "index/disk.h"
#include "index/forward_parts.h"

#include <xxhash.h>

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    OUTPUT_SIZE = 128 << 10,
    NUMBER_MAX = 5, /* bytes of a number of 32 bits */
};

struct forward_writer {
    struct buffer path;
    int file;
    struct buffer output; /* not written yet */
    uint64_t written;     /* what was written before it */
    uint64_t hash;

    struct buffer tokens;                        /* of a paragraph */
    struct buffer paragraph_starts, word_starts; /* the tables */
    uint64_t n_paragraphs, n_words;
    uint64_t paragraphs_end, words_end;

    struct buffer word; /* the last, whose numbers are not written */
    struct buffer numbers;
    uint64_t n_numbers;
};

enum status forward_writer_new(const char *folder,
                               struct forward_writer **writer,
                               struct failure *failure)
{
    struct forward_writer *new = calloc(1, sizeof *new);
    enum status status;

    *writer = NULL;
    if (!new)
        return fail_memory(failure);
    new->file = -1;
    status = disk_join(&new->path, folder, FORWARD_NAME, failure);
    if (status == STATUS_OK)
        status = disk_create(new->path.data, &new->file, failure);
    if (status != STATUS_OK) {
        forward_writer_free(new);
        return status;
    }
    buffer_append(&new->output, FORWARD_MAGIC, FORWARD_MAGIC_SIZE);
    *writer = new;
    return STATUS_OK;
}

/* Where the next byte goes. */
static uint64_t place(const struct forward_writer *writer)
{
    return writer->written + writer->output.length;
}

static void append_number(struct buffer *buffer, uint64_t number)
{
    char bytes[FORWARD_NUMBER_SIZE];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(number >> 8 * i);
    buffer_append(buffer, bytes, sizeof bytes);
}

static enum status write_output(struct forward_writer *writer,
                                struct failure *failure)
{
    struct bytes output = buffer_bytes(&writer->output);
    enum status status;

    if (writer->output.failed || writer->paragraph_starts.failed ||
        writer->word_starts.failed)
        return fail_memory(failure);
    writer->hash =
        XXH3_64bits_withSeed(output.data, output.length, writer->hash);
    status = disk_write(writer->file, writer->path.data, output, failure);
    writer->written += output.length;
    buffer_clear(&writer->output);
    return status;
}

static enum status write_if_long(struct forward_writer *writer,
                                 struct failure *failure)
{
    return writer->output.length < OUTPUT_SIZE && !writer->output.failed
               ? STATUS_OK
               : write_output(writer, failure);
}

/* Append NUMBER to where there is room for it. */
static char *put_number(char *to, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        *to++ = (char)(number | 0x80);
    *to++ = (char)number;
    return to;
}

enum status forward_writer_add(struct forward_writer *writer,
                               const uint32_t *tokens, size_t n_tokens,
                               const uint32_t *names, struct failure *failure)
{
    struct buffer *code = &writer->tokens;
    char *end;

    buffer_clear(code);
    if (n_tokens > SIZE_MAX / NUMBER_MAX ||
        !buffer_reserve(code, n_tokens * NUMBER_MAX + 1))
        return fail_memory(failure);
    end = code->data;
    for (size_t i = 0; i < n_tokens; i++) {
        if (tokens[i] == 0) {
            *end++ = 0;
            end = put_number(end, tokens[i + 1]);
            i += 2;
        }
        end = put_number(end, names ? names[tokens[i]] : tokens[i]);
    }
    if (writer->n_paragraphs++ % FORWARD_STEP == 0)
        append_number(&writer->paragraph_starts, place(writer));
    buffer_append_varint(&writer->output, (uint64_t)(end - code->data));
    buffer_append(&writer->output, code->data, (size_t)(end - code->data));
    return write_if_long(writer, failure);
}

static void end_word(struct forward_writer *writer)
{
    if (writer->n_numbers == 0)
        return;
    if (writer->n_words++ % FORWARD_STEP == 0)
        append_number(&writer->word_starts, place(writer));
    buffer_append_varint(&writer->output, writer->word.length);
    buffer_append(&writer->output, writer->word.data, writer->word.length);
    buffer_append_varint(&writer->output, writer->n_numbers);
    buffer_append(&writer->output, writer->numbers.data,
                  writer->numbers.length);
    writer->n_numbers = 0;
    buffer_clear(&writer->numbers);
}

/* Paragraphs are over. */
static void end_paragraphs(struct forward_writer *writer)
{
    if (!writer->paragraphs_end)
        writer->paragraphs_end = place(writer);
}

enum status forward_writer_word(struct forward_writer *writer,
                                struct bytes word, uint32_t number,
                                struct failure *failure)
{
    end_paragraphs(writer);
    if (writer->n_numbers == 0 ||
        !bytes_equal(buffer_bytes(&writer->word), word)) {
        end_word(writer);
        buffer_clear(&writer->word);
        buffer_append(&writer->word, word.data, word.length);
    }
    buffer_append_varint(&writer->numbers, number);
    writer->n_numbers++;
    if (writer->word.failed || writer->numbers.failed)
        return fail_memory(failure);
    return write_if_long(writer, failure);
}

enum status forward_writer_finish(struct forward_writer *writer, uint64_t *hash,
                                  struct failure *failure)
{
    enum status status;

    end_paragraphs(writer);
    end_word(writer);
    writer->words_end = place(writer);
    status = write_output(writer, failure);
    buffer_append(&writer->output, writer->paragraph_starts.data,
                  writer->paragraph_starts.length);
    buffer_append(&writer->output, writer->word_starts.data,
                  writer->word_starts.length);
    append_number(&writer->output, writer->n_paragraphs);
    append_number(&writer->output, writer->n_words);
    append_number(&writer->output, writer->paragraphs_end);
    append_number(&writer->output, writer->words_end);
    append_number(&writer->output, writer->hash);
    if (status == STATUS_OK)
        status = write_output(writer, failure);
    if (close(writer->file) != 0 && status == STATUS_OK)
        status = fail_errno(failure, STATUS_IO, errno, "cannot write '%s'",
                            writer->path.data);
    writer->file = -1;
    *hash = writer->hash;
    return status;
}

void forward_writer_free(struct forward_writer *writer)
{
    if (!writer)
        return;
    if (writer->file >= 0)
        close(writer->file);
    buffer_release(&writer->path);
    buffer_release(&writer->output);
    buffer_release(&writer->tokens);
    buffer_release(&writer->paragraph_starts);
    buffer_release(&writer->word_starts);
    buffer_release(&writer->word);
    buffer_release(&writer->numbers);
    free(writer);
}
