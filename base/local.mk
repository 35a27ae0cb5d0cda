# What every other folder stands on: statuses, bytes, growing memory.
noinst_LTLIBRARIES += libbase.la
libbase_la_SOURCES = \
	base/arena.c base/arena.h \
	base/ascii.h \
	base/buffer.c base/buffer.h \
	base/bytes.h \
	base/fnv.h \
	base/pipeline.c base/pipeline.h \
	base/status.c base/status.h
