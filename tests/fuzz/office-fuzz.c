/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a document of a word processor. The first byte says what the
 * rest is: a whole file for one of the readers, or the main part of one, which
 * is packed here, since no fuzzer finds its way through deflate and checksums.
 */
#include <config.h>

#include "src/document/foreign/readers.h"
#include "src/text/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status check_document(void *context,
                                  const struct document_facts *facts,
                                  struct failure *failure)
{
    (void)failure;
    if (facts->title.length > 0 &&
        !utf8_valid(facts->title.data, facts->title.length))
        abort();
    ++*(size_t *)context;
    return STATUS_OK;
}

static enum status check_block(void *context, const struct block *block,
                               struct failure *failure)
{
    (void)failure;
    (void)context;
    if (block->text.length == 0 ||
        !utf8_valid(block->text.data, block->text.length) ||
        (block->number.length > 0 &&
         !utf8_valid(block->number.data, block->number.length)) ||
        block->text.data[0] == ' ' ||
        block->text.data[block->text.length - 1] == ' ' ||
        (block->role == BLOCK_HEADING && block->level == 0))
        abort();
    return STATUS_OK;
}

/* Read CONTENT packed as the part PATH. */
static void read_packed(block_reader read, const char *path,
                        const uint8_t *data, size_t size,
                        const struct block_receiver *receiver)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_CREATE, NULL);
    struct failure failure;
    zip_stat_t stat;
    char *packed;

    zip_source_keep(source);
    zip_file_add(zip, path, zip_source_buffer(zip, data, size, 0), 0);
    zip_set_file_compression(zip, 0, ZIP_CM_STORE, 0);
    zip_close(zip);
    zip_source_open(source);
    zip_source_stat(source, &stat);
    packed = malloc(stat.size + 1);
    zip_source_read(source, packed, stat.size);
    (void)read((struct bytes){packed, stat.size}, "fuzz", receiver, &failure);
    free(packed);
    zip_source_close(source);
    zip_source_free(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const block_reader readers[] = {docx_blocks, odt_blocks, epub_blocks,
                                           rtf_blocks};
    size_t n_documents = 0;
    struct block_receiver receiver = {check_document, check_block,
                                      &n_documents};
    struct bytes rest = {(const char *)data + 1, size - 1};
    struct failure failure;

    if (size == 0)
        return 0;
    if (data[0] == 'd')
        read_packed(docx_blocks, "word/document.xml", data + 1, size - 1,
                    &receiver);
    else if (data[0] == 'o')
        read_packed(odt_blocks, "content.xml", data + 1, size - 1, &receiver);
    else
        (void)readers[data[0] % 4](rest, "fuzz", &receiver, &failure);
    return 0;
}

#define FUZZ_SEEDS "tests/fuzz/seeds/office"
#include "tests/fuzz/fuzz.h"
