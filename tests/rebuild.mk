# The tests of the rebuilding of paragraphs: src/document/rebuild*.c.
check_PROGRAMS += tests/unit/rebuild-test tests/fuzz/rebuild-fuzz
TESTS += tests/unit/rebuild-test tests/fuzz/rebuild-fuzz

tests_unit_rebuild_test_SOURCES = tests/unit/rebuild-test.c tests/blocks.h \
	tests/tap.h
tests_unit_rebuild_test_LDADD = libdocument.la libindex.la libtext.la libbase.la
tests_fuzz_rebuild_fuzz_SOURCES = tests/fuzz/rebuild-fuzz.c tests/fuzz/fuzz.h \
	tests/tap.h
tests_fuzz_rebuild_fuzz_LDADD = libdocument.la libindex.la libtext.la libbase.la $(FUZZ_LIBS)

EXTRA_DIST += tests/data/rebuild
