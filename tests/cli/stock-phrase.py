# SPDX-License-Identifier: GPL-2.0-or-later
# stock-phrase.py INDEX WORD... <ADDRESSES: the addresses of the paragraphs that
# hold the words as a phrase, sorted, by Xapian's own Python binding. An index has
# hashes of addresses: one that is not of ADDRESSES is shown as it is.
import sys

import xapian


def term_of(address):
    number = 0xCBF29CE484222325
    for byte in address.encode():
        number = (number ^ byte) * 0x100000001B3 & (1 << 64) - 1
    return f"XA{number & 0xFFFF:04x}"


given = {term_of(line.rstrip("\n")): line.rstrip("\n") for line in sys.stdin}
database = xapian.Database(sys.argv[1])
enquire = xapian.Enquire(database)
enquire.set_query(xapian.Query(xapian.Query.OP_PHRASE, sys.argv[2:]))
matches = enquire.get_mset(0, database.get_doccount())
found = {match.docid for match in matches}
addresses = [
    given.get(term.term.decode(), term.term.decode())
    for term in database.allterms("XA")
    for posting in database.postlist(term.term)
    if posting.docid in found
]
print("\n".join(sorted(addresses, key=str.encode)))
