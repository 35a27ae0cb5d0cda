# SPDX-License-Identifier: GPL-2.0-or-later
# stock-phrase.py INDEX WORD...: the addresses of the paragraphs that hold the
# words as a phrase, sorted, by Xapian's own Python binding.
import sys

import xapian

database = xapian.Database(sys.argv[1])
enquire = xapian.Enquire(database)
enquire.set_query(xapian.Query(xapian.Query.OP_PHRASE, sys.argv[2:]))
matches = enquire.get_mset(0, database.get_doccount())
addresses = [
    term.term[1:].decode()
    for match in matches
    for term in match.document.termlist()
    if term.term.startswith(b"Q")
]
print("\n".join(sorted(addresses, key=str.encode)))
