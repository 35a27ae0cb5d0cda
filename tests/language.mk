# SPDX-License-Identifier: GPL-2.0-or-later
# The language of a text, and the encodings that are told by it.
language_tests = \
	tests/unit/detect-test \
	tests/unit/legacy-encoding-test
check_PROGRAMS += $(language_tests)
TESTS += $(language_tests)
EXTRA_DIST += tests/data/detect.txt

tests_unit_detect_test_SOURCES = tests/unit/detect-test.c tests/lines.h \
	tests/tap.h
tests_unit_detect_test_LDADD = libtext.la libbase.la $(ICU_LIBS)
tests_unit_legacy_encoding_test_SOURCES = tests/unit/legacy-encoding-test.c \
	tests/tap.h
tests_unit_legacy_encoding_test_LDADD = libdocument.la libtext.la libbase.la \
	$(ICU_LIBS)
