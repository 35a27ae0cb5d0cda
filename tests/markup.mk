# The tests of the readers of Akoma Ntoso, HTML and Markdown; they test those
# that are built.
check_PROGRAMS += tests/unit/markup-test tests/fuzz/markup-fuzz
TESTS += tests/unit/markup-test tests/fuzz/markup-fuzz

markup_libraries = libforeign.la libdocument.la libindex.la libtext.la libbase.la
if HAVE_LIBXML2
markup_libraries += $(LIBXML2_LIBS) $(ICU_LIBS)
endif
if HAVE_MD4C
markup_libraries += $(MD4C_LIBS)
endif

tests_unit_markup_test_SOURCES = tests/unit/markup-test.c tests/blocks.h \
	tests/tap.h
tests_unit_markup_test_LDADD = $(markup_libraries)
tests_fuzz_markup_fuzz_SOURCES = tests/fuzz/markup-fuzz.c tests/fuzz/fuzz.h \
	tests/tap.h
tests_fuzz_markup_fuzz_LDADD = $(markup_libraries) $(FUZZ_LIBS)

EXTRA_DIST += tests/data/markup
