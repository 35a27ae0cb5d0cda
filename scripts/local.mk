dist_noinst_SCRIPTS += scripts/bootstrap scripts/demo scripts/check \
	scripts/evaluate scripts/bench
dist_noinst_DATA += scripts/packages
