# SPDX-License-Identifier: GPL-2.0-or-later
# The tests of index/.
index_tests = \
	tests/unit/glass-test \
	tests/unit/index-test \
	tests/unit/manifest-test \
	tests/unit/match-test \
	tests/unit/merge-test \
	tests/unit/segment-test \
	tests/unit/paragraph-test \
	tests/unit/phrase-test \
	tests/unit/positional-test \
	tests/unit/ranking-test \
	tests/unit/update-test
index_fuzz = tests/fuzz/folder-fuzz tests/fuzz/table-fuzz
check_PROGRAMS += $(index_tests) $(index_fuzz)
TESTS += $(index_tests) $(index_fuzz)
EXTRA_DIST += tests/data/manifests.tsv tests/fuzz/seeds/folder \
	tests/fuzz/seeds/table

index_test_libs = libindex.la libxapian-c-core.la libbase.la $(XAPIAN_LIBS)

tests_fuzz_folder_fuzz_SOURCES = tests/fuzz/folder-fuzz.c tests/fuzz/fuzz.h
nodist_EXTRA_tests_fuzz_folder_fuzz_SOURCES = linked-by-c++.cc
tests_fuzz_folder_fuzz_LDADD = $(index_test_libs) $(FUZZ_LIBS)

tests_fuzz_table_fuzz_SOURCES = tests/fuzz/table-fuzz.c tests/fuzz/fuzz.h
nodist_EXTRA_tests_fuzz_table_fuzz_SOURCES = linked-by-c++.cc
tests_fuzz_table_fuzz_LDADD = $(index_test_libs) $(FUZZ_LIBS)

tests_unit_glass_test_SOURCES = tests/unit/glass-test.c
nodist_EXTRA_tests_unit_glass_test_SOURCES = linked-by-c++.cc
tests_unit_glass_test_LDADD = $(index_test_libs)

# No source of its own; a name that ends in .cc makes the C++ compiler link it.
tests_unit_index_test_SOURCES = tests/unit/index-test.c tests/small-index.h
nodist_EXTRA_tests_unit_index_test_SOURCES = linked-by-c++.cc
tests_unit_index_test_LDADD = $(index_test_libs)

tests_unit_manifest_test_SOURCES = tests/unit/manifest-test.c
nodist_EXTRA_tests_unit_manifest_test_SOURCES = linked-by-c++.cc
tests_unit_manifest_test_LDADD = $(index_test_libs)

tests_unit_phrase_test_SOURCES = tests/unit/phrase-test.c
nodist_EXTRA_tests_unit_phrase_test_SOURCES = linked-by-c++.cc
tests_unit_phrase_test_LDADD = $(index_test_libs)

tests_unit_positional_test_SOURCES = \
	tests/unit/positional-test.c tests/positional.h
nodist_EXTRA_tests_unit_positional_test_SOURCES = linked-by-c++.cc
tests_unit_positional_test_LDADD = $(index_test_libs)

tests_unit_match_test_SOURCES = tests/unit/match-test.c tests/positional.h
nodist_EXTRA_tests_unit_match_test_SOURCES = linked-by-c++.cc
tests_unit_match_test_LDADD = $(index_test_libs)

tests_unit_ranking_test_SOURCES = tests/unit/ranking-test.c tests/positional.h
nodist_EXTRA_tests_unit_ranking_test_SOURCES = linked-by-c++.cc
tests_unit_ranking_test_LDADD = $(index_test_libs)

tests_unit_merge_test_SOURCES = tests/unit/merge-test.c
nodist_EXTRA_tests_unit_merge_test_SOURCES = linked-by-c++.cc
tests_unit_merge_test_LDADD = $(index_test_libs)

tests_unit_segment_test_SOURCES = tests/unit/segment-test.c
nodist_EXTRA_tests_unit_segment_test_SOURCES = linked-by-c++.cc
tests_unit_segment_test_LDADD = $(index_test_libs)

tests_unit_paragraph_test_SOURCES = tests/unit/paragraph-test.c
nodist_EXTRA_tests_unit_paragraph_test_SOURCES = linked-by-c++.cc
tests_unit_paragraph_test_LDADD = $(index_test_libs)

dist_check_SCRIPTS += tests/cli/remote.test tests/cli/xapian-tools.test
TESTS += tests/cli/remote.test tests/cli/xapian-tools.test
EXTRA_DIST += tests/cli/stock-phrase.py tests/cli/stock-ranking.py \
	tests/cli/dying-server.py

tests_unit_update_test_SOURCES = tests/unit/update-test.c tests/small-index.h
nodist_EXTRA_tests_unit_update_test_SOURCES = linked-by-c++.cc
tests_unit_update_test_LDADD = $(index_test_libs)
