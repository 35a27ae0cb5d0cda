# From files to paragraphs: sources, formats, encodings, blocks, structure; and
# the worker in which the formats of others are read (foreign/local.mk).
noinst_LTLIBRARIES += libdocument.la
libdocument_la_SOURCES = \
	src/document/block.h \
	src/document/block_codec.c \
	src/document/block_codec.h \
	src/document/builder.c \
	src/document/builder.h \
	src/document/changes.c \
	src/document/changes.h \
	src/document/characters.c \
	src/document/characters.h \
	src/document/document.c \
	src/document/document.h \
	src/document/encoding.c \
	src/document/encoding.h \
	src/document/foreign/sandbox.h \
	src/document/filler.c \
	src/document/filler.h \
	src/document/format.c \
	src/document/format.h \
	src/document/indexer.c \
	src/document/indexer.h \
	src/document/indexer_large.c \
	src/document/indexer_parts.h \
	src/document/indexer_settle.c \
	src/document/json_line.c \
	src/document/json_line.h \
	src/document/json_line_parts.h \
	src/document/json_lines.c \
	src/document/json_lines.h \
	src/document/json_quick.c \
	src/document/legacy_encoding.c \
	src/document/legacy_encoding.h \
	src/document/lines.c \
	src/document/lines.h \
	src/document/placed_text.c \
	src/document/placed_text.h \
	src/document/plain_text.c \
	src/document/rebuild.c \
	src/document/rebuild.h \
	src/document/rebuild_breaks.c \
	src/document/rebuild_contents.c \
	src/document/rebuild_footnotes.c \
	src/document/rebuild_furniture.c \
	src/document/rebuild_headings.c \
	src/document/rebuild_items.c \
	src/document/rebuild_items.h \
	src/document/rebuild_join.c \
	src/document/rebuild_lines.c \
	src/document/rebuild_marks.c \
	src/document/rebuild_pages.c \
	src/document/rebuild_parts.h \
	src/document/rebuild_references.c \
	src/document/rebuild_references.h \
	src/document/rebuild_tables.c \
	src/document/rebuild_widths.c \
	src/document/rebuild_wording.c \
	src/document/rebuild_wording.h \
	src/document/recognise.c \
	src/document/recognise.h \
	src/document/source.c \
	src/document/source.h \
	src/document/structure.c \
	src/document/structure.h \
	src/document/structure_dates.c \
	src/document/structure_documents.c \
	src/document/structure_headings.c \
	src/document/structure_kinds.c \
	src/document/structure_labels.c \
	src/document/structure_marks.c \
	src/document/structure_names.c \
	src/document/structure_parts.h \
	src/document/structure_symbols.c \
	src/document/text_terms.c \
	src/document/text_terms.h \
	src/document/walk.c \
	src/document/walk.h \
	src/document/worker.c \
	src/document/worker.h \
	src/document/worker_process.c \
	src/document/worker_process.h \
	src/document/worker_protocol.h
libdocument_la_CPPFLAGS = $(AM_CPPFLAGS) $(UCHARDET_CFLAGS)
libdocument_la_LIBADD = $(ICU_LIBS) $(JANSSON_LIBS) $(ZLIB_LIBS) \
	$(UCHARDET_LIBS) $(XXHASH_LIBS) -lm
