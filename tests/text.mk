# Unicode, words, stems: src/text.
text_tests = \
	tests/unit/text-analyzer-test \
	tests/unit/text-hostile-test \
	tests/unit/text-unicode-test
check_PROGRAMS += $(text_tests)
TESTS += $(text_tests)
text_test_libs = libtext.la libbase.la $(ICU_LIBS) $(STEMMER_LIBS)

tests_unit_text_analyzer_test_SOURCES = tests/unit/text-analyzer-test.c \
	tests/lines.h tests/tap.h
tests_unit_text_analyzer_test_LDADD = $(text_test_libs)
tests_unit_text_hostile_test_SOURCES = tests/unit/text-hostile-test.c \
	tests/tap.h
tests_unit_text_hostile_test_LDADD = $(text_test_libs)
tests_unit_text_unicode_test_SOURCES = tests/unit/text-unicode-test.c \
	tests/tap.h
tests_unit_text_unicode_test_LDADD = $(text_test_libs)

EXTRA_DIST += \
	tests/data/lexicon.txt \
	tests/data/words.txt \
	tests/data/stems/dutch.txt \
	tests/data/stems/english.txt \
	tests/data/stems/french.txt \
	tests/data/stems/german.txt \
	tests/data/stems/italian.txt \
	tests/data/stems/portuguese.txt \
	tests/data/stems/russian.txt \
	tests/data/stems/spanish.txt
