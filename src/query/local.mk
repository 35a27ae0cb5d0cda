# The query language: from a string to what the index is asked.
noinst_LTLIBRARIES += libquery.la
libquery_la_SOURCES = \
	src/query/characters.h \
	src/query/excerpt.c src/query/excerpt.h \
	src/query/feedback.c src/query/feedback.h \
	src/query/field.c src/query/field.h \
	src/query/filter.c src/query/filter.h \
	src/query/lexer.c src/query/lexer.h \
	src/query/expansion.c \
	src/query/piece.c src/query/piece.h \
	src/query/plan.c src/query/plan.h \
	src/query/plan_hints.c \
	src/query/plan_parts.h \
	src/query/plan_rows.c \
	src/query/plan_words.c \
	src/query/query_language.c src/query/query_language.h \
	src/query/ranked.c src/query/ranked.h \
	src/query/suggest.c src/query/suggest.h \
	src/query/syntax.c src/query/syntax.h \
	src/query/syntax_parts.h \
	src/query/syntax_phrase.c \
	src/query/syntax_write.c \
	src/query/units.c src/query/units.h \
	src/query/vocabulary.c src/query/vocabulary.h \
	src/query/wildcard.c src/query/wildcard.h \
	src/query/word_list.c src/query/word_list.h
