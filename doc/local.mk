# Manual pages. The option list of a command's page comes from the table of
# options (src/cli/options.c).
dist_man_MANS += doc/pilcrow.1 doc/pilcrow-query.7 doc/pilcrow-sharding.7
nodist_man_MANS += \
	doc/pilcrow-index.1 \
	doc/pilcrow-remove.1 \
	doc/pilcrow-search.1 \
	doc/pilcrow-count.1 \
	doc/pilcrow-batch.1 \
	doc/pilcrow-show.1 \
	doc/pilcrow-read.1 \
	doc/pilcrow-info.1 \
	doc/pilcrow-check.1 \
	doc/pilcrow-compact.1 \
	doc/pilcrow-repair.1
EXTRA_DIST += $(nodist_man_MANS:.1=.1.in)
CLEANFILES += $(nodist_man_MANS)
dist_doc_DATA += README.md NEWS HACKING.md doc/glass.md doc/ranking.md \
	doc/performance.md doc/trust.md

SUFFIXES = .1.in .1
.1.in.1:
	$(AM_V_GEN)$(MKDIR_P) doc && name=$(@F) && name=$${name#pilcrow-} && \
	./generate man $${name%.1} <$< >$@-t && mv $@-t $@
$(nodist_man_MANS): generate$(EXEEXT)

# The documents that ship, as they came. Nothing of them is installed.
EXTRA_DIST += \
	corpus/A-RES-58-136.txt \
	corpus/A-RES-59-153.txt \
	corpus/E-RES-2003-22.txt \
	corpus/E-RES-2004-19.txt \
	corpus/E-RES-2005-19.txt \
	corpus/README.md
