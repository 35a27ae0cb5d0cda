# SPDX-License-Identifier: GPL-2.0-or-later
# All that knows what is on disk. What links it links libxapian-c-core.la,
# libbase.la and $(XAPIAN_LIBS) behind it, with the C++ compiler.
noinst_LTLIBRARIES += libindex.la
libindex_la_SOURCES = \
	index/chain.c index/chain.h \
	index/check.c index/check.h \
	index/check_terms.c index/check_terms.h \
	index/compact.c index/compact.h \
	index/deleted.c \
	index/deletions.c index/deletions.h \
	index/disk.c index/disk.h \
	index/fetch.c \
	index/files.c index/files.h \
	index/filters.c index/filters.h \
	index/folder.c index/folder.h \
	index/forward.h index/forward_parts.h \
	index/forward_read.c index/forward_write.c \
	index/glass/block.c index/glass/block.h \
	index/glass/chunk.c index/glass/chunk.h \
	index/glass/format.h \
	index/glass/items.c index/glass/items.h \
	index/glass/list.c index/glass/list.h \
	index/glass/names.c index/glass/names.h \
	index/glass/positions.c index/glass/positions.h \
	index/glass/postings.c index/glass/postings.h \
	index/glass/range.c index/glass/range.h \
	index/glass/scan.c index/glass/scan.h \
	index/glass/slots.c index/glass/slots.h \
	index/glass/table.c index/glass/table.h \
	index/glass/tree.c index/glass/tree.h \
	index/glass/values.c index/glass/values.h \
	index/glass/version.c index/glass/version.h \
	index/guard.c index/guard.h \
	index/inverter.c index/inverter.h index/inverter_parts.h \
	index/inverter_encode.c index/inverter_encode.h \
	index/inverter_terms.c index/inverter_write.c \
	index/lock.c index/lock.h \
	index/manifest.c index/manifest.h \
	index/match.c index/match.h index/match_parts.h \
	index/match_make.c index/match_score.c index/match_walk.c \
	index/match_window.c \
	index/merge.c index/merge.h index/merge_parts.h \
	index/merge_forward.c index/merge_postings.c index/merge_records.c \
	index/merge_policy.c index/merge_policy.h \
	index/order.c index/order.h \
	index/paragraph.c index/paragraph.h \
	index/paragraph_terms.c index/paragraph_terms.h \
	index/phrase.c index/phrase.h \
	index/positional.c index/positional.h index/positional_parts.h \
	index/positional_spans.c \
	index/query.c index/query.h \
	index/ranking.c index/ranking.h \
	index/reader.c index/reader.h \
	index/reader_folder.c \
	index/reader_guard.c index/reader_parts.h index/reader_remote.c \
	index/record_block.c index/record_block.h \
	index/record_scan.c index/record_scan.h \
	index/record_table.c index/record_table.h \
	index/remote.c index/remote.h \
	index/row.c index/row.h index/rows.c index/rows.h \
	index/scan.c index/scan.h \
	index/schema.c index/schema.h \
	index/search.c \
	index/segment_part.c index/segment_part.h index/segment_part_parts.h \
	index/second_look.c index/second_look.h \
	index/segment_tables.c index/segment_tables.h \
	index/segment_writer.c index/segment_writer.h \
	index/removal.c index/removal.h \
	index/salvage.c index/salvage.h \
	index/stub.c index/stub.h \
	index/sums.c index/sums.h \
	index/shards.c \
	index/tally.c \
	index/matching.c index/id_set.h \
	index/terms.c index/terms.h \
	index/verified.c index/verified.h \
	index/vocabulary.c \
	index/word_forms.h \
	index/words.c index/words.h \
	index/writer.c index/writer.h \
	index/writer_part.c index/writer_part.h \
	index/xapian_failure.c index/xapian_failure.h \
	index/xapian_query.c
libindex_la_LIBADD = $(ZLIB_LIBS) $(DEFLATE_LIBS) $(XXHASH_LIBS) -lm
