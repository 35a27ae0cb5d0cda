# SPDX-License-Identifier: GPL-2.0-or-later
# The tests of the C binding for Xapian. They are C, but what they link is C++:
# a source that is never built, whose name ends in .cc, says so to automake.
xapian_c_tests = \
	tests/unit/xapian-c-test \
	tests/unit/xapian-c-search-test \
	tests/unit/xapian-c-callback-test \
	tests/unit/xapian-c-c99 \
	tests/unit/xapian-c-cxx
check_PROGRAMS += $(xapian_c_tests)
TESTS += $(xapian_c_tests) tests/cli/xapian-c-symbols.test
dist_check_SCRIPTS += tests/cli/xapian-c-symbols.test

tests_unit_xapian_c_test_SOURCES = tests/unit/xapian-c-test.c \
	tests/unit/xapian-c-fixture.h tests/tap.h
nodist_EXTRA_tests_unit_xapian_c_test_SOURCES = linked-by-c++.cc
tests_unit_xapian_c_test_LDADD = libxapian-c-core.la

tests_unit_xapian_c_search_test_SOURCES = tests/unit/xapian-c-search-test.c \
	tests/unit/xapian-c-fixture.h tests/tap.h
nodist_EXTRA_tests_unit_xapian_c_search_test_SOURCES = linked-by-c++.cc
tests_unit_xapian_c_search_test_LDADD = libxapian-c-core.la

tests_unit_xapian_c_callback_test_SOURCES = \
	tests/unit/xapian-c-callback-test.c \
	tests/unit/xapian-c-fixture.h tests/tap.h
nodist_EXTRA_tests_unit_xapian_c_callback_test_SOURCES = linked-by-c++.cc
tests_unit_xapian_c_callback_test_LDADD = libxapian-c-core.la

# The last -std on the command line is the one that counts.
tests_unit_xapian_c_c99_SOURCES = tests/unit/xapian-c-c99.c
nodist_EXTRA_tests_unit_xapian_c_c99_SOURCES = linked-by-c++.cc
tests_unit_xapian_c_c99_CFLAGS = $(AM_CFLAGS) -std=c99 -pedantic -Werror
tests_unit_xapian_c_c99_LDADD = libxapian-c-core.la

tests_unit_xapian_c_cxx_SOURCES = tests/unit/xapian-c-cxx.cc
tests_unit_xapian_c_cxx_LDADD = libxapian-c-core.la

# It puts its own malloc before glibc's, which sanitizers do as well.
if !SANITIZERS
check_PROGRAMS += tests/fault/xapian-c-memory-test
TESTS += tests/fault/xapian-c-memory-test
endif
tests_fault_xapian_c_memory_test_SOURCES = tests/fault/xapian-c-memory-test.c \
	tests/tap.h
nodist_EXTRA_tests_fault_xapian_c_memory_test_SOURCES = linked-by-c++.cc
tests_fault_xapian_c_memory_test_LDADD = libxapian-c-core.la
