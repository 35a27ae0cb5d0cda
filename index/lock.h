/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one writer of an index: a lock that ends with its process, however that
 * ends. The file stays; it is the lock on it that counts. */
#ifndef INDEX_LOCK_H
#define INDEX_LOCK_H

#include "base/status.h"

/* Take the lock of the index in FOLDER; where another has it, wait up to so
 * many SECONDS. *LOCK is the caller's to give up with
 * lock_release, -1 on failure. LOCKED (the message names the holder's
 * process), IO, MEMORY. */
enum status lock_take(const char *folder, unsigned seconds, int *lock,
                      struct failure *failure);

/* Give it up; nothing for -1. */
void lock_release(int lock);

#endif
