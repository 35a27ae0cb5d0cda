# The tests, in TAP: unit tests in C, and shell scripts that run the program.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_LOG_DRIVER = $(LOG_DRIVER)
TEST_EXTENSIONS = .test
TEST_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)'; export srcdir; \
	PYTHON3='$(PYTHON3)'; export PYTHON3;

EXTRA_DIST += tests/asan.h tests/folder.h tests/forms.h tests/random.h tests/tap.h tests/cli/lib.sh tests/cli/queries.tsv tests/cli/search.tsv

cli_tests = \
	tests/cli/advice.test \
	tests/cli/batch.test \
	tests/cli/errors.test \
	tests/cli/index.test \
	tests/cli/layers.test \
	tests/cli/manual.test \
	tests/cli/manual-queries.test \
	tests/cli/output.test \
	tests/cli/queries.test \
	tests/cli/ranking.test \
	tests/cli/repair.test \
	tests/cli/search.test \
	tests/cli/soak.test \
	tests/cli/upkeep.test \
	tests/cli/update.test
dist_check_SCRIPTS += $(cli_tests)
TESTS += $(cli_tests)
check_SCRIPTS = pilcrow$(EXEEXT) pilcrow-reader$(EXEEXT)

include tests/base.mk
include tests/document.mk
include tests/fault.mk
include tests/index.mk
include tests/language.mk
include tests/markup.mk
include tests/office.mk
include tests/pdf.mk
include tests/query.mk
include tests/rebuild.mk
include tests/structure.mk
include tests/text.mk
include tests/worker.mk
include tests/xapian-c.mk

# The unit tests, and some runs of the program, under valgrind. Left out is
# what brings its own malloc, and what is no test by itself.
VALGRIND = valgrind -q --error-exitcode=99 --leak-check=full \
	--errors-for-leak-kinds=definite --child-silent-after-fork=yes \
	--suppressions=$(abs_top_srcdir)/tests/valgrind.supp
EXTRA_DIST += tests/valgrind.supp
CLEANFILES += valgrind-pilcrow tests/*/*.valgrind

.PHONY: check-valgrind
check-valgrind: $(check_PROGRAMS) pilcrow$(EXEEXT)
	@printf '#!/bin/sh\nexec $(VALGRIND) "%s/pilcrow" "$$@"\n' "$$PWD" \
	    >valgrind-pilcrow && chmod +x valgrind-pilcrow
	@srcdir='$(srcdir)'; export srcdir; failed=; \
	for test in $(check_PROGRAMS) tests/cli/output.test tests/cli/batch.test \
	tests/cli/errors.test; do \
	    case $$test in \
	    tests/fault/* | */test-reader) continue ;; \
	    *.test) command="$(SHELL) $$srcdir/$$test" ;; \
	    *) command="$(VALGRIND) ./$$test" ;; \
	    esac; \
	    if PILCROW=$$PWD/valgrind-pilcrow $$command >$$test.valgrind 2>&1 && \
	        ! grep -q '^not ok' $$test.valgrind; then \
	        echo "valgrind: $$test: passed"; \
	    else \
	        echo "valgrind: $$test: FAILED"; failed=yes; \
	        grep -v '^ok' $$test.valgrind | head -n 40; \
	    fi; \
	done; test -z "$$failed"
