/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What AddressSanitizer is to overlook; for one source of a program. */
#ifndef TESTS_ASAN_H
#define TESTS_ASAN_H

/* Of what AddressSanitizer finds inside libxapian 1.4.22 nothing is ours: a
 * check that deletes by the wrong size, weights that are left behind when a
 * search throws. */
__attribute__((visibility("default"))) const char *__asan_default_options(void);
__attribute__((visibility("default"))) const char *
__lsan_default_suppressions(void);

const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}

const char *__lsan_default_suppressions(void)
{
    return "leak:libxapian.so\n";
}

#endif
