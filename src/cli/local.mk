# The program; and what is generated from its table of options.
bin_PROGRAMS += pilcrow
pilcrow_SOURCES = \
	src/cli/advice.c src/cli/advice.h \
	src/cli/advice_fields.c \
	src/cli/answer.c src/cli/answer.h \
	src/cli/command_batch.c \
	src/cli/command_check.c \
	src/cli/command_compact.c \
	src/cli/command_index.c \
	src/cli/command_info.c \
	src/cli/command_read.c \
	src/cli/command_remove.c \
	src/cli/command_repair.c \
	src/cli/command_search.c \
	src/cli/command_show.c \
	src/cli/commands.h \
	src/cli/context.c src/cli/context.h \
	src/cli/copies.c src/cli/copies.h \
	src/cli/explain.c src/cli/explain.h \
	src/cli/fields.c src/cli/fields.h \
	src/cli/help.c src/cli/help.h \
	src/cli/interrupt.c src/cli/interrupt.h \
	src/cli/main.c \
	src/cli/options.c src/cli/options.h \
	src/cli/output.c src/cli/output.h \
	src/cli/output_jsonl.c \
	src/cli/output_text.c \
	src/cli/output_trec.c \
	src/cli/output_tsv.c \
	src/cli/progress.c src/cli/progress.h \
	src/cli/query_lines.c src/cli/query_lines.h \
	src/cli/report.c src/cli/report.h \
	src/cli/session.c src/cli/session.h \
	src/cli/terminal.c src/cli/terminal.h \
	src/cli/writing.c src/cli/writing.h
# The binding is C++, so the C++ linker links.
nodist_EXTRA_pilcrow_SOURCES = linked-by-c++.cc
pilcrow_LDADD = libresult.la libquery.la libdocument.la libtext.la libindex.la \
	libxapian-c-core.la libbase.la \
	$(XAPIAN_LIBS) $(ICU_LIBS) $(STEMMER_LIBS) $(JANSSON_LIBS) $(ZLIB_LIBS)

noinst_PROGRAMS += generate
generate_SOURCES = src/cli/generate.c src/cli/help.c src/cli/help.h \
	src/cli/options.c src/cli/options.h
generate_LDADD = libbase.la

bashcompletiondir = $(datadir)/bash-completion/completions
nodist_bashcompletion_DATA = completion/pilcrow
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_zshcompletion_DATA = completion/_pilcrow
CLEANFILES += completion/pilcrow completion/_pilcrow

completion/pilcrow: generate$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion && ./generate bash >$@-t && mv $@-t $@
completion/_pilcrow: generate$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion && ./generate zsh >$@-t && mv $@-t $@
