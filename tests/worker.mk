# The tests of the worker process, and of what is said to it and by it.
check_PROGRAMS += \
	tests/unit/block-codec-test \
	tests/unit/format-test \
	tests/unit/test-reader \
	tests/unit/worker-test \
	tests/fuzz/block-codec-fuzz
TESTS += \
	tests/unit/block-codec-test \
	tests/unit/format-test \
	tests/unit/worker-test \
	tests/fuzz/block-codec-fuzz

tests_unit_block_codec_test_SOURCES = tests/unit/block-codec-test.c \
	tests/blocks.h tests/tap.h
tests_unit_block_codec_test_LDADD = libdocument.la libindex.la libtext.la \
	libbase.la
tests_unit_format_test_SOURCES = tests/unit/format-test.c tests/lines.h \
	tests/tap.h
tests_unit_format_test_LDADD = libdocument.la libindex.la libtext.la libbase.la
tests_unit_worker_test_SOURCES = tests/unit/worker-test.c tests/blocks.h \
	tests/tap.h
tests_unit_worker_test_LDADD = libdocument.la libindex.la libtext.la libbase.la
tests_fuzz_block_codec_fuzz_SOURCES = tests/fuzz/block-codec-fuzz.c \
	tests/fuzz/fuzz.h tests/tap.h
tests_fuzz_block_codec_fuzz_LDADD = libdocument.la libindex.la libtext.la \
	libbase.la $(FUZZ_LIBS)

# pilcrow-reader with readers that misbehave. It is run by worker-test, which
# looks for it beside itself. The flags give its objects names of their own.
tests_unit_test_reader_SOURCES = tests/unit/test-reader.c \
	src/document/foreign/reader_main.c \
	src/document/foreign/sandbox.c
tests_unit_test_reader_CFLAGS = $(AM_CFLAGS) $(LIBSECCOMP_CFLAGS)
tests_unit_test_reader_LDADD = libdocument.la libindex.la libtext.la \
	libbase.la $(LIBSECCOMP_LIBS)

EXTRA_DIST += \
	tests/data/formats.txt \
	tests/fuzz/seeds/block-codec

# The indexer with such workers, in several threads.
check_PROGRAMS += tests/unit/indexer-test
TESTS += tests/unit/indexer-test
tests_unit_indexer_test_SOURCES = tests/unit/indexer-test.c tests/tap.h
nodist_EXTRA_tests_unit_indexer_test_SOURCES = linked-by-c++.cc
tests_unit_indexer_test_LDADD = libdocument.la libtext.la libindex.la \
	libxapian-c-core.la libbase.la $(XAPIAN_LIBS) $(ICU_LIBS) \
	$(STEMMER_LIBS)
