# The tests of the readers of Word, OpenDocument, EPUB and RTF.
if HAVE_LIBZIP
if HAVE_LIBXML2
check_PROGRAMS += \
	tests/unit/office-test \
	tests/fuzz/office-fuzz
TESTS += \
	tests/unit/office-test \
	tests/fuzz/office-fuzz

tests_unit_office_test_SOURCES = tests/unit/office-test.c tests/blocks.h \
	tests/tap.h
tests_unit_office_test_CPPFLAGS = $(AM_CPPFLAGS) $(LIBZIP_CFLAGS) \
	$(LIBXML2_CFLAGS)
tests_unit_office_test_LDADD = libforeign.la libdocument.la libindex.la libtext.la \
	libbase.la $(LIBZIP_LIBS) $(LIBXML2_LIBS)

tests_fuzz_office_fuzz_SOURCES = tests/fuzz/office-fuzz.c tests/fuzz/fuzz.h \
	tests/tap.h
tests_fuzz_office_fuzz_CPPFLAGS = $(AM_CPPFLAGS) $(LIBZIP_CFLAGS) \
	$(LIBXML2_CFLAGS)
tests_fuzz_office_fuzz_LDADD = $(tests_unit_office_test_LDADD) $(FUZZ_LIBS)
endif
endif

EXTRA_DIST += \
	tests/data/office \
	tests/fuzz/seeds/office
