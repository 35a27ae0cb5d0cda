# The tests of src/document/foreign/pdf*.c.
EXTRA_DIST += \
	tests/data/pdf/lines.txt \
	tests/fuzz/seeds/pdf \
	tests/unit/pdf-test.c \
	tests/fuzz/pdf-fuzz.c

if HAVE_POPPLER
check_PROGRAMS += tests/unit/pdf-test tests/fuzz/pdf-fuzz
TESTS += tests/unit/pdf-test tests/fuzz/pdf-fuzz

tests_unit_pdf_test_SOURCES = tests/unit/pdf-test.c tests/tap.h tests/blocks.h
tests_unit_pdf_test_CPPFLAGS = $(AM_CPPFLAGS) $(POPPLER_CFLAGS)
tests_unit_pdf_test_LDADD = libforeign.la libdocument.la libindex.la libtext.la libbase.la \
	$(POPPLER_LIBS) $(ICU_LIBS)
tests_fuzz_pdf_fuzz_SOURCES = tests/fuzz/pdf-fuzz.c tests/fuzz/fuzz.h tests/tap.h
tests_fuzz_pdf_fuzz_CPPFLAGS = $(AM_CPPFLAGS) $(POPPLER_CFLAGS)
tests_fuzz_pdf_fuzz_LDADD = libforeign.la libdocument.la libindex.la libtext.la libbase.la \
	$(POPPLER_LIBS) $(ICU_LIBS) $(FUZZ_LIBS)
endif
