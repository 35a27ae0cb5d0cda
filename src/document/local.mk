# From files to paragraphs: sources, formats, encodings, paragraphs.
noinst_LTLIBRARIES += libdocument.la
libdocument_la_SOURCES = \
	src/document/builder.c src/document/builder.h \
	src/document/characters.c src/document/characters.h \
	src/document/document.c src/document/document.h \
	src/document/encoding.c src/document/encoding.h \
	src/document/format.c src/document/format.h \
	src/document/indexer.c src/document/indexer.h \
	src/document/json_lines.c \
	src/document/lines.c src/document/lines.h \
	src/document/paragraphs.c src/document/paragraphs.h \
	src/document/placed_text.c src/document/placed_text.h \
	src/document/plain_text.c \
	src/document/source.c src/document/source.h \
	src/document/walk.c src/document/walk.h
libdocument_la_LIBADD = $(ICU_LIBS) $(JANSSON_LIBS) $(ZLIB_LIBS)
