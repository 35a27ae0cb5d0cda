# The tests, in TAP: unit tests in C, and shell scripts that run the program.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_LOG_DRIVER = $(LOG_DRIVER)
TEST_EXTENSIONS = .test
TEST_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)'; export srcdir; \
	PYTHON3='$(PYTHON3)'; export PYTHON3;

EXTRA_DIST += tests/tap.h tests/cli/lib.sh



include tests/document.mk
include tests/index.mk
include tests/query.mk
include tests/text.mk
include tests/xapian-c.mk
