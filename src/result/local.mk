# What is shown of a result: where the matches are, and the paragraph laid out.
noinst_LTLIBRARIES += libresult.la
libresult_la_SOURCES = \
	src/result/distinct.c src/result/distinct.h \
	src/result/places.c src/result/places.h \
	src/result/snippet.c src/result/snippet.h \
	src/result/spans.c src/result/spans.h \
	src/result/wrap.c src/result/wrap.h
libresult_la_LIBADD = $(XXHASH_LIBS)
