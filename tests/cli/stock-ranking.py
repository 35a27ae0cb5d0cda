# SPDX-License-Identifier: GPL-2.0-or-later
# stock-ranking.py SEGMENT FOLDER: Xapian's own writer makes databases in FOLDER
# of what its reader finds in SEGMENT, and the hundred best of many queries must
# be the same there, with the same scores.
#
# For that writer the length of a document is all its terms', for us it is that
# of the words alone (index/schema.h). So words are compared by themselves, and
# all terms with a weight that does not look at lengths.
import itertools
import sys

import xapian


def copy(source, path, wanted):
    """A database of the terms that are WANTED, and these by frequency."""
    documents = [xapian.Document() for _ in range(source.get_lastdocid())]
    terms = [term.term for term in source.allterms() if wanted(term.term)]
    for term in terms:
        for posting in source.postlist(term):
            document = documents[posting.docid - 1]
            document.add_term(term, posting.wdf)
            for position in source.positionlist(posting.docid, term):
                document.add_posting(term, position, 0)
    target = xapian.WritableDatabase(path, xapian.DB_CREATE)
    for document in documents:
        target.add_document(document)
    target.commit()
    return target, sorted(terms, key=source.get_termfreq)


def queries(terms):
    some = terms[::max(1, len(terms) // 100)]
    for term in some:
        yield xapian.Query(term)
    for pair in itertools.permutations(terms[-12:], 2):
        for operator in (xapian.Query.OP_OR, xapian.Query.OP_AND,
                         xapian.Query.OP_AND_MAYBE, xapian.Query.OP_AND_NOT,
                         xapian.Query.OP_PHRASE):
            yield xapian.Query(operator, pair)
    for i in range(5, len(some)):
        yield xapian.Query(xapian.Query.OP_OR, some[i - 5:i])


def best(database, query, weight):
    enquire = xapian.Enquire(database)
    enquire.set_query(query)
    enquire.set_weighting_scheme(weight)
    return [(match.docid, match.weight) for match in enquire.get_mset(0, 100)]


def compare(source, path, wanted, weight):
    target, terms = copy(source, path, wanted)
    n_queries = n_matches = 0
    for query in queries(terms):
        matches = best(source, query, weight)
        if matches != best(target, query, weight):
            sys.exit(f"{query} differs")
        n_queries += 1
        n_matches += len(matches)
    print(f"{n_queries} queries, {n_matches} matches")
    if n_matches < 1000:
        sys.exit("these are too few to tell anything")


ours = xapian.Database(sys.argv[1])
compare(ours, sys.argv[2] + "/words", lambda term: not term[:1].isupper(),
        xapian.BM25Weight())
compare(ours, sys.argv[2] + "/terms", lambda term: True,
        xapian.BM25Weight(1, 0, 1, 0, 0.5))
