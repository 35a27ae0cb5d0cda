# SPDX-License-Identifier: GPL-2.0-or-later
# The tests of faults: libraries that stand between the program and the system,
# and the tests that use them. Sanitizers want to be the first library.
fault_tests = tests/fault/disk.test tests/fault/memory.test \
	tests/fault/surroundings.test
TESTS += $(fault_tests)
dist_check_SCRIPTS += $(fault_tests)
EXTRA_DIST += tests/fault/lib.sh
# -rpath, though they are not installed: without it libtool makes no shared one.
fault_ldflags = $(AM_LDFLAGS) -module -avoid-version -shared \
	-rpath $(abs_builddir)
if !SANITIZERS
check_LTLIBRARIES += tests/fault/disk-faults.la tests/fault/memory-faults.la
endif
tests_fault_disk_faults_la_SOURCES = tests/fault/disk-faults.c
tests_fault_disk_faults_la_LDFLAGS = $(fault_ldflags)
tests_fault_memory_faults_la_SOURCES = tests/fault/memory-faults.c
tests_fault_memory_faults_la_LDFLAGS = $(fault_ldflags)
