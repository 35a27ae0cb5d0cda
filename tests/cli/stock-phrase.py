# SPDX-License-Identifier: GPL-2.0-or-later
# stock-phrase.py INDEX WORD...: the addresses of the paragraphs that hold the
# words as a phrase, sorted, by Xapian's own Python binding.
import sys

import xapian

database = xapian.Database(sys.argv[1])
enquire = xapian.Enquire(database)
enquire.set_query(xapian.Query(xapian.Query.OP_PHRASE, sys.argv[2:]))
matches = enquire.get_mset(0, database.get_doccount())
found = {match.docid for match in matches}
addresses = [
    term.term[1:].decode()
    for term in database.allterms("Q")
    for posting in database.postlist(term.term)
    if posting.docid in found
]
print("\n".join(sorted(addresses, key=str.encode)))
