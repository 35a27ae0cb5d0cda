# What every folder stands on: base.
base_tests = tests/unit/pipeline-test
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)

tests_unit_pipeline_test_SOURCES = tests/unit/pipeline-test.c tests/tap.h
tests_unit_pipeline_test_LDADD = libbase.la
