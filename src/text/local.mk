# Unicode, words, stems, languages.
noinst_LTLIBRARIES += libtext.la
libtext_la_SOURCES = \
	src/text/analyzer.c src/text/analyzer.h \
	src/text/compound.c src/text/compound.h \
	src/text/detect.c src/text/detect.h \
	src/text/detect_words.c src/text/detect_words.h \
	src/text/fold.c src/text/fold.h \
	src/text/function_words.c src/text/function_words.h \
	src/text/identity.c \
	src/text/language.c src/text/language.h \
	src/text/lexicon.c src/text/lexicon.h \
	src/text/stem.c src/text/stem.h \
	src/text/utf8.c src/text/utf8.h \
	src/text/word_break.c src/text/word_break.h
libtext_la_LIBADD = $(ICU_LIBS) $(STEMMER_LIBS)
