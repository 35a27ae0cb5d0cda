/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Posting sources whose documents a function of C chooses, or lists. */
#include <config.h>

#include "index/xapian-c/callbacks.h"

#include <memory>

namespace
{
/* The functions of one query, shared by the copies that Xapian makes, one for
 * each database that it searches. */
template <class Function> struct functions {
    functions(xapian_filter_open_function open_function, Function test_function,
              void *passed)
        : open(open_function), test(test_function), context(passed)
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
    Function test;
    void *context;
    xapian_free_context_function free_context = nullptr;
};

using filter_functions = functions<xapian_filter_test_function>;
using list_functions = functions<xapian_list_next_function>;

class filter_source final : public Xapian::PostingSource
{
  public:
    explicit filter_source(std::shared_ptr<filter_functions> shared)
        : callbacks(std::move(shared))
    {
    }

    Xapian::PostingSource *clone() const override
    {
        return new filter_source(callbacks);
    }

    void init(const Xapian::Database &database) override
    {
        const std::string uuid = database.get_uuid();

        current = 0;
        matches = true;
        last = database.get_lastdocid();
        count = database.get_doccount();
        if (!callbacks->open(callbacks->context, uuid.data(), uuid.size(),
                             &shard))
            throw xapian_c_stopped();
    }

    /* Most of all, so that Xapian asks what else must match first. */
    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }

    Xapian::doccount get_termfreq_est() const override
    {
        return count;
    }

    Xapian::doccount get_termfreq_max() const override
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
        matches = accepts(docid);
        return matches;
    }

    bool at_end() const override
    {
        return current > last;
    }

    Xapian::docid get_docid() const override
    {
        return current;
    }

    std::string get_description() const override
    {
        return "filter_source";
    }

  private:
    bool accepts(Xapian::docid docid) const
    {
        bool accept = false;

        if (!callbacks->test(callbacks->context, shard, docid, &accept))
            throw xapian_c_stopped();
        return accept;
    }

    /* Go to the first match behind DOCID. */
    void advance(Xapian::docid docid)
    {
        do
            current = ++docid;
        while (docid <= last && !accepts(docid));
        matches = true;
    }

    std::shared_ptr<filter_functions> callbacks;
    void *shard = nullptr;
    Xapian::docid current = 0; /* the place; a match unless .matches is false */
    Xapian::docid last = 0;
    Xapian::doccount count = 0;
    bool matches = true;
};

class list_source final : public Xapian::PostingSource
{
  public:
    explicit list_source(std::shared_ptr<list_functions> shared)
        : callbacks(std::move(shared))
    {
    }

    Xapian::PostingSource *clone() const override
    {
        return new list_source(callbacks);
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

    /* Few: that is what a list is for. */
    Xapian::doccount get_termfreq_est() const override
    {
        return count / 64;
    }

    Xapian::doccount get_termfreq_max() const override
    {
        return count;
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

    bool at_end() const override
    {
        return current > last;
    }

    Xapian::docid get_docid() const override
    {
        return current;
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

    void advance(Xapian::docid from)
    {
        Xapian::docid found = 0;

        if (from <= last &&
            !callbacks->test(callbacks->context, shard, from, &found))
            throw xapian_c_stopped();
        current = found >= from && from ? found : last + 1;
    }

    std::shared_ptr<list_functions> callbacks;
    void *shard = nullptr;
    Xapian::docid current = 0;
    Xapian::docid last = 0;
    Xapian::doccount count = 0;
};

template <class Source, class Function>
xapian_status make(xapian_filter_open_function open, Function test,
                   void *context, xapian_free_context_function free_context,
                   xapian_query **query, xapian_error **error)
{
    return deliver(query, error, [&] {
        auto shared =
            std::make_shared<functions<Function>>(open, test, context);
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
