# SPDX-License-Identifier: GPL-2.0-or-later
# The C binding for Xapian: a convenience library, which the program takes in
# so that it runs from the build tree without a wrapper, and libxapian-c, made
# from the same objects.
noinst_LTLIBRARIES += libxapian-c-core.la
libxapian_c_core_la_SOURCES = \
	index/xapian-c/callbacks.cc \
	index/xapian-c/callbacks.h \
	index/xapian-c/constants.cc \
	index/xapian-c/database.cc \
	index/xapian-c/document.cc \
	index/xapian-c/enquire.cc \
	index/xapian-c/error.cc \
	index/xapian-c/expand.cc \
	index/xapian-c/filter.cc \
	index/xapian-c/guard.h \
	index/xapian-c/handles.h \
	index/xapian-c/iterators.cc \
	index/xapian-c/lists.cc \
	index/xapian-c/mset.cc \
	index/xapian-c/query.cc \
	index/xapian-c/remote.cc \
	index/xapian-c/upkeep.cc \
	index/xapian-c/weight.cc \
	index/xapian-c/writable.cc \
	index/xapian-c/xapian-c.h
libxapian_c_core_la_LIBADD = $(XAPIAN_LIBS)

# No source of its own; a name that ends in .cc makes the C++ compiler link it.
lib_LTLIBRARIES += libxapian-c.la
libxapian_c_la_SOURCES =
nodist_EXTRA_libxapian_c_la_SOURCES = index/xapian-c/linked-by-c++.cc
libxapian_c_la_LIBADD = libxapian-c-core.la $(XAPIAN_LIBS)
libxapian_c_la_LDFLAGS = $(AM_LDFLAGS) -no-undefined \
	-version-info $(XAPIAN_C_SOVERSION) \
	-Wl,--version-script=$(srcdir)/index/xapian-c/xapian-c.map
libxapian_c_la_DEPENDENCIES = libxapian-c-core.la \
	$(srcdir)/index/xapian-c/xapian-c.map
EXTRA_DIST += index/xapian-c/xapian-c.map

include_HEADERS += index/xapian-c/xapian-c.h
pkgconfig_DATA += index/xapian-c/xapian-c.pc
