/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a writer does with a part: everything that was put into it, again. */
#ifndef INDEX_WRITER_PART_H
#define INDEX_WRITER_PART_H

#include "index/writer.h"

/* What a part is told, of whoever takes it. */
struct writer_part_receiver {
    enum status (*begin)(void *context, const struct paragraph *paragraph,
                         struct failure *failure);
    enum status (*word)(void *context, struct bytes word, uint32_t position,
                        bool counts, struct failure *failure);
    enum status (*field_word)(void *context, enum writer_field field,
                              struct bytes word, struct failure *failure);
    enum status (*end)(void *context, struct failure *failure);
    void *context;
};

/* Tell RECEIVER all that PART was told, in order. */
enum status writer_part_replay(const struct writer_part *part,
                               const struct writer_part_receiver *receiver,
                               struct failure *failure);

#endif
