dist_noinst_SCRIPTS += scripts/bootstrap scripts/demo scripts/check \
	scripts/bench scripts/bench-reading scripts/evaluate \
	scripts/evaluate-paragraphs
dist_noinst_DATA += scripts/packages
