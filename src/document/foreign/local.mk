# The readers of the formats of others, and the program that they run in; none of
# this is linked into pilcrow.
noinst_LTLIBRARIES += libforeign.la
libforeign_la_SOURCES = \
	src/document/foreign/composer.c \
	src/document/foreign/composer.h \
	src/document/foreign/facts.c \
	src/document/foreign/facts.h \
	src/document/foreign/inline.c \
	src/document/foreign/inline.h \
	src/document/foreign/items.c \
	src/document/foreign/items.h \
	src/document/foreign/number_format.c \
	src/document/foreign/number_format.h \
	src/document/foreign/raised.c \
	src/document/foreign/raised.h \
	src/document/foreign/readers.h \
	src/document/foreign/rtf.c \
	src/document/foreign/rtf_decoder.c \
	src/document/foreign/rtf_decoder.h \
	src/document/foreign/rtf_lexer.c \
	src/document/foreign/rtf_lexer.h \
	src/document/foreign/rtf_reader.h \
	src/document/foreign/rtf_tables.c \
	src/document/foreign/rtf_tables.h \
	src/document/foreign/rtf_words.c \
	src/document/foreign/style_names.c \
	src/document/foreign/style_names.h \
	src/document/foreign/symbol.c \
	src/document/foreign/symbol.h \
	src/document/foreign/table.c
libforeign_la_CPPFLAGS = $(AM_CPPFLAGS) $(POPPLER_CFLAGS) $(LIBXML2_CFLAGS) \
	$(LIBZIP_CFLAGS) $(MD4C_CFLAGS)
libforeign_la_LIBADD = $(POPPLER_LIBS) $(LIBXML2_LIBS) $(LIBZIP_LIBS) \
	$(MD4C_LIBS) $(ICU_LIBS) -lm
if HAVE_POPPLER
libforeign_la_SOURCES += \
	src/document/foreign/pdf.c \
	src/document/foreign/pdf_bases.c \
	src/document/foreign/pdf_bidi.c \
	src/document/foreign/pdf_layout.c \
	src/document/foreign/pdf_lines.c \
	src/document/foreign/pdf_page.c \
	src/document/foreign/pdf_parts.h \
	src/document/foreign/pdf_words.c
endif
if HAVE_LIBXML2
libforeign_la_SOURCES += \
	src/document/foreign/akn.c \
	src/document/foreign/akn.h \
	src/document/foreign/akn_facts.c \
	src/document/foreign/akn_parts.c \
	src/document/foreign/html.c \
	src/document/foreign/html.h \
	src/document/foreign/html_decode.c \
	src/document/foreign/html_elements.c \
	src/document/foreign/html_facts.c \
	src/document/foreign/html_notes.c \
	src/document/foreign/xml.c \
	src/document/foreign/xml.h
if HAVE_LIBZIP
libforeign_la_SOURCES += \
	src/document/foreign/archive.c \
	src/document/foreign/archive.h \
	src/document/foreign/docx.c \
	src/document/foreign/docx_fields.c \
	src/document/foreign/docx_fields.h \
	src/document/foreign/docx_notes.c \
	src/document/foreign/docx_notes.h \
	src/document/foreign/docx_numbering.c \
	src/document/foreign/docx_numbering.h \
	src/document/foreign/docx_reader.c \
	src/document/foreign/docx_reader.h \
	src/document/foreign/docx_runs.c \
	src/document/foreign/docx_runs.h \
	src/document/foreign/docx_styles.c \
	src/document/foreign/docx_styles.h \
	src/document/foreign/epub.c \
	src/document/foreign/odt.c \
	src/document/foreign/odt_lists.c \
	src/document/foreign/odt_lists.h \
	src/document/foreign/odt_reader.c \
	src/document/foreign/odt_reader.h \
	src/document/foreign/odt_styles.c \
	src/document/foreign/odt_styles.h \
	src/document/foreign/ooxml.c \
	src/document/foreign/ooxml.h
endif
endif
if HAVE_MD4C
libforeign_la_SOURCES += \
	src/document/foreign/markdown.c \
	src/document/foreign/markdown.h \
	src/document/foreign/markdown_html.c \
	src/document/foreign/markdown_notes.c
endif

# At the top of the build tree, beside pilcrow, which looks for it there first.
pkglibexec_PROGRAMS = pilcrow-reader
pilcrow_reader_SOURCES = src/document/foreign/reader_main.c \
	src/document/foreign/sandbox.c src/document/foreign/sandbox.h
pilcrow_reader_CPPFLAGS = $(AM_CPPFLAGS) $(LIBSECCOMP_CFLAGS)
pilcrow_reader_LDADD = libforeign.la libdocument.la libindex.la libtext.la libbase.la \
	$(LIBSECCOMP_LIBS)
