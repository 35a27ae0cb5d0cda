/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Posting sources whose documents a function of C chooses, or lists. */
#include <config.h>

#include "index/xapian-c/callbacks.h"

#include <memory>

namespace
{
/* The functions of one query, shared by the copies that Xapian makes, one for
 * each database that it searches. */
template <class Answer> struct functions {
    using ask_function = bool (*)(void *context, void *shard,
                                  xapian_docid docid, Answer *answer);

    functions(xapian_filter_open_function open_function, ask_function function,
              void *passed)
        : open(open_function), ask(function), context(passed)
    {
    }

    ~functions()
    {
        if (free_context)
            free_context(context);
    }

    functions(const functions &) = delete;
    functions &operator=(const functions &) = delete;

    xapian_filter_open_function open;
    ask_function ask;
    void *context;
    xapian_free_context_function free_context = nullptr;
};

/* What both sources have: a place in the database that is searched, of which
 * a function chooses the documents. Which and how is for SOURCE to say. */
template <class Source, class Answer>
class chosen_source : public Xapian::PostingSource
{
  public:
    explicit chosen_source(std::shared_ptr<functions<Answer>> shared)
        : callbacks(std::move(shared))
    {
    }

    Xapian::PostingSource *clone() const override
    {
        return new Source(callbacks);
    }

    void init(const Xapian::Database &database) override
    {
        const std::string uuid = database.get_uuid();

        current = 0;
        last = database.get_lastdocid();
        count = database.get_doccount();
        if (!callbacks->open(callbacks->context, uuid.data(), uuid.size(),
                             &shard))
            throw xapian_c_stopped();
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }

    Xapian::doccount get_termfreq_max() const override
    {
        return count;
    }

    bool at_end() const override
    {
        return current > last;
    }

    Xapian::docid get_docid() const override
    {
        return current;
    }

  protected:
    /* Ask the function about DOCID. */
    Answer ask(Xapian::docid docid) const
    {
        Answer answer = 0;

        if (!callbacks->ask(callbacks->context, shard, docid, &answer))
            throw xapian_c_stopped();
        return answer;
    }

    std::shared_ptr<functions<Answer>> callbacks;
    void *shard = nullptr;
    Xapian::docid current = 0;
    Xapian::docid last = 0;
    Xapian::doccount count = 0;
};

class filter_source final : public chosen_source<filter_source, bool>
{
  public:
    using chosen_source::chosen_source;

    void init(const Xapian::Database &database) override
    {
        matches = true;
        chosen_source::init(database);
    }

    /* Most of all, so that Xapian asks what else must match first. */
    Xapian::doccount get_termfreq_est() const override
    {
        return count;
    }

    void next(double) override
    {
        advance(current);
    }

    void skip_to(Xapian::docid docid, double) override
    {
        if (docid > current || (docid == current && !matches))
            advance(docid - 1);
    }

    bool check(Xapian::docid docid, double) override
    {
        if (docid < current || (docid == current && matches))
            return true;
        current = docid;
        matches = ask(docid);
        return matches;
    }

    std::string get_description() const override
    {
        return "filter_source";
    }

  private:
    /* Go to the first match behind DOCID. */
    void advance(Xapian::docid docid)
    {
        do
            current = ++docid;
        while (docid <= last && !ask(docid));
        matches = true;
    }

    bool matches = true; /* whether the place is a match */
};

class list_source final : public chosen_source<list_source, xapian_docid>
{
  public:
    using chosen_source::chosen_source;

    /* Few: that is what a list is for. */
    Xapian::doccount get_termfreq_est() const override
    {
        return count / 64;
    }

    void next(double) override
    {
        advance(current + 1);
    }

    void skip_to(Xapian::docid docid, double) override
    {
        if (docid > current)
            advance(docid);
    }

    /* What goes to a remote database: a source that every server knows, of the
     * values in a slot that nothing uses, so that it lists nothing. */
    std::string name() const override
    {
        return nothing().name();
    }

    std::string serialise() const override
    {
        return nothing().serialise();
    }

    std::string get_description() const override
    {
        return "list_source";
    }

  private:
    static Xapian::ValueWeightPostingSource nothing()
    {
        return Xapian::ValueWeightPostingSource(Xapian::BAD_VALUENO - 1);
    }

    /* Go to the first of the list from FROM on. */
    void advance(Xapian::docid from)
    {
        Xapian::docid found = from <= last ? ask(from) : 0;

        current = found >= from && from ? found : last + 1;
    }
};

template <class Source, class Answer>
xapian_status make(xapian_filter_open_function open,
                   bool (*ask)(void *, void *, xapian_docid, Answer *),
                   void *context, xapian_free_context_function free_context,
                   xapian_query **query, xapian_error **error)
{
    return deliver(query, error, [&] {
        auto shared = std::make_shared<functions<Answer>>(open, ask, context);
        auto source = std::make_unique<Source>(shared);
        /* The query deletes the source after that. */
        Xapian::Query made(source.release()->release());
        auto *handle = new xapian_query{made};

        shared->free_context = free_context;
        return handle;
    });
}
} // namespace

xapian_status xapian_query_new_filter(xapian_filter_open_function open,
                                      xapian_filter_test_function test,
                                      void *context,
                                      xapian_free_context_function free_context,
                                      xapian_query **query,
                                      xapian_error **error)
{
    return make<filter_source>(open, test, context, free_context, query, error);
}

xapian_status xapian_query_new_list(xapian_filter_open_function open,
                                    xapian_list_next_function next,
                                    void *context,
                                    xapian_free_context_function free_context,
                                    xapian_query **query, xapian_error **error)
{
    return make<list_source>(open, next, context, free_context, query, error);
}
