/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain Xapian as a peer of scripts/bench: its own writer and TermGenerator,
 * English stems, positions, the text as data; queries on stems, phrases on
 * words, BM25 as it comes.
 *
 * An index of it is the folder TARGET; `queries` wants it compacted. */
#include "peer.h"

#include <string>
#include <vector>
#include <xapian.h>

namespace
{

void add_paragraphs(const char *source, const char *target)
{
    Xapian::WritableDatabase database(target, Xapian::DB_CREATE);
    Xapian::TermGenerator generator;
    FILE *file = peer_open(source);
    char *line = nullptr, *text;
    size_t capacity = 0;

    generator.set_stemmer(Xapian::Stem("en"));
    while (peer_line(file, &line, &capacity, &text)) {
        Xapian::Document document;

        document.set_data(text);
        document.add_boolean_term(("Q" + std::string(line)).substr(0, 240));
        generator.set_document(document);
        generator.index_text(text);
        database.add_document(document);
    }
    database.commit();
    free(line);
    fclose(file);
}

struct Engine {
    Xapian::Database database;
    Xapian::Stem stem{"en"};

    Xapian::Query query(const peer_query &query) const
    {
        std::string kind = query.kind;
        std::vector<Xapian::Query> words;

        if (kind == "prefix")
            return Xapian::Query(Xapian::Query::OP_WILDCARD, query.words[0]);
        for (size_t i = 0; i < query.n_words; i++)
            words.emplace_back(kind == "phrase" ? query.words[i]
                                                : "Z" + stem(query.words[i]));
        if (kind == "phrase")
            return Xapian::Query(Xapian::Query::OP_PHRASE, words.begin(),
                                 words.end(), words.size());
        return Xapian::Query(kind == "or" ? Xapian::Query::OP_OR
                                          : Xapian::Query::OP_AND,
                             words.begin(), words.end());
    }
};

void run(void *context, const peer_query *query, size_t *count)
{
    auto engine = static_cast<Engine *>(context);
    Xapian::Enquire enquire(engine->database);

    enquire.set_query(engine->query(*query));
    Xapian::MSet matches =
        enquire.get_mset(0, 10, count ? engine->database.get_doccount() : 0);
    if (count)
        *count = matches.get_matches_lower_bound();
}

} // namespace

int main(int argc, char **argv)
try {
    if (argc != 4)
        peer_die("usage: xapian index|queries FILE FILE");
    if (strcmp(argv[1], "queries") == 0) {
        Engine engine{Xapian::Database(argv[2])};

        peer_queries(argv[3], run, &engine);
    } else {
        add_paragraphs(argv[2], argv[3]);
    }
    return 0;
} catch (const Xapian::Error &error) {
    peer_die(error.get_description().c_str());
}
