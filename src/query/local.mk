# The query language: from a string to what the index is asked.
noinst_LTLIBRARIES += libquery.la
libquery_la_SOURCES = \
	src/query/characters.h \
	src/query/excerpt.c src/query/excerpt.h \
	src/query/field.c src/query/field.h \
	src/query/filter.c src/query/filter.h \
	src/query/lexer.c src/query/lexer.h \
	src/query/pattern.c src/query/pattern.h \
	src/query/phrase.c src/query/phrase.h \
	src/query/plan.c src/query/plan.h \
	src/query/reserved.c src/query/reserved.h \
	src/query/syntax.c src/query/syntax.h \
	src/query/units.c src/query/units.h \
	src/query/vocabulary.c src/query/vocabulary.h
