# The tests of the finding of structure: src/document/structure*.c.
check_PROGRAMS += tests/unit/structure-test tests/unit/gold-test
TESTS += tests/unit/structure-test tests/unit/gold-test

tests_unit_structure_test_SOURCES = tests/unit/structure-test.c tests/tap.h
tests_unit_structure_test_LDADD = libdocument.la libindex.la libtext.la \
	libbase.la
tests_unit_gold_test_SOURCES = tests/unit/gold-test.c tests/tap.h
tests_unit_gold_test_LDADD = libdocument.la libindex.la libtext.la libbase.la

EXTRA_DIST += tests/data/structure tests/data/gold
