# The tests of src/document.
check_PROGRAMS += \
	tests/unit/document-test \
	tests/unit/json-line-test \
	tests/unit/json-lines-test \
	tests/unit/walk-test \
	tests/fuzz/document-fuzz \
	tests/fuzz/json-line-fuzz
TESTS += \
	tests/unit/document-test \
	tests/unit/json-line-test \
	tests/unit/json-lines-test \
	tests/unit/walk-test \
	tests/fuzz/document-fuzz \
	tests/fuzz/json-line-fuzz

tests_unit_document_test_SOURCES = tests/unit/document-test.c tests/tap.h
tests_unit_document_test_LDADD = libdocument.la libindex.la libtext.la libbase.la \
	$(ZLIB_LIBS)
tests_unit_json_line_test_SOURCES = tests/unit/json-line-test.c \
	tests/json-line.h tests/tap.h
tests_unit_json_line_test_LDADD = libdocument.la libindex.la libtext.la libbase.la
tests_unit_json_lines_test_SOURCES = tests/unit/json-lines-test.c tests/tap.h
tests_unit_json_lines_test_LDADD = libdocument.la libindex.la libtext.la libbase.la
tests_unit_walk_test_SOURCES = tests/unit/walk-test.c tests/tap.h
tests_unit_walk_test_LDADD = libdocument.la libindex.la libtext.la libbase.la

tests_fuzz_document_fuzz_SOURCES = tests/fuzz/document-fuzz.c tests/fuzz/fuzz.h \
	tests/tap.h
tests_fuzz_document_fuzz_LDADD = libdocument.la libindex.la libtext.la libbase.la $(FUZZ_LIBS)

tests_fuzz_json_line_fuzz_SOURCES = tests/fuzz/json-line-fuzz.c \
	tests/json-line.h tests/tap.h
tests_fuzz_json_line_fuzz_LDADD = libdocument.la libindex.la libtext.la libbase.la $(FUZZ_LIBS)

EXTRA_DIST += tests/fuzz/seeds/document tests/fuzz/seeds/json-line
