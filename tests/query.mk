# The tests of src/query and src/result.
query_tests = \
	tests/unit/query-test \
	tests/unit/plan-test \
	tests/unit/reference-test \
	tests/unit/snippet-test \
	tests/unit/wrap-test \
	tests/fuzz/query-fuzz
check_PROGRAMS += $(query_tests)
TESTS += $(query_tests)

# They bring their own reader (tests/stub-reader.h); of libindex they take only
# the query trees.
query_libs = libresult.la libquery.la libindex.la libtext.la libbase.la

tests_unit_query_test_SOURCES = tests/unit/query-test.c tests/lines.h \
	tests/tap.h
tests_unit_query_test_LDADD = $(query_libs)
tests_unit_plan_test_SOURCES = tests/unit/plan-test.c tests/lines.h \
	tests/stub-reader.h tests/tap.h
tests_unit_plan_test_LDADD = $(query_libs)
# With the whole engine.
tests_unit_reference_test_SOURCES = tests/unit/reference-test.c \
	tests/generator.c tests/generator.h \
	tests/reference.c tests/reference-match.c tests/reference-parts.h \
	tests/reference-text.c tests/reference.h tests/tap.h
nodist_EXTRA_tests_unit_reference_test_SOURCES = linked-by-c++.cc
tests_unit_reference_test_LDADD = libresult.la libquery.la libdocument.la \
	libtext.la libindex.la libxapian-c-core.la libbase.la $(XAPIAN_LIBS) \
	$(ICU_LIBS) $(STEMMER_LIBS)
tests_unit_snippet_test_SOURCES = tests/unit/snippet-test.c tests/lines.h \
	tests/marked.h tests/tap.h
tests_unit_snippet_test_LDADD = $(query_libs)
tests_unit_wrap_test_SOURCES = tests/unit/wrap-test.c tests/lines.h \
	tests/marked.h tests/tap.h
tests_unit_wrap_test_LDADD = $(query_libs)

tests_fuzz_query_fuzz_SOURCES = tests/fuzz/query-fuzz.c tests/fuzz/fuzz.h \
	tests/stub-reader.h tests/tap.h
tests_fuzz_query_fuzz_LDADD = $(query_libs) $(FUZZ_LIBS)

EXTRA_DIST += \
	tests/data/plan.txt \
	tests/data/reference.jsonl \
	tests/data/snippet.txt \
	tests/data/spans.txt \
	tests/data/syntax.txt \
	tests/data/wrap.txt \
	tests/fuzz/seeds/query
