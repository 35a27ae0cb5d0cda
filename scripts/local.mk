dist_noinst_SCRIPTS += scripts/bootstrap scripts/demo scripts/check \
	scripts/bench scripts/bench-peers/reading scripts/evaluate \
	scripts/known-items scripts/soak scripts/evaluate-paragraphs \
	scripts/flip-bytes scripts/crash scripts/phrase-counts \
	scripts/hostile-queries
dist_noinst_DATA += scripts/packages scripts/bench-peers/collection.py \
	scripts/bench-peers/peer.h scripts/bench-peers/fts5.c \
	scripts/bench-peers/xapian.cc scripts/bench-peers/Lucene.java

# What scripts/bench compares; built only when it asks for it.
EXTRA_PROGRAMS = bench-queries
bench_queries_SOURCES = scripts/bench-peers/pilcrow.c
nodist_EXTRA_bench_queries_SOURCES = linked-by-c++.cc
bench_queries_LDADD = $(pilcrow_LDADD)
CLEANFILES += bench-queries$(EXEEXT)
