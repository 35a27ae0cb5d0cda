/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Match spies, match deciders, key makers and expand deciders. */
#include <config.h>

#include "index/xapian-c/callbacks.h"

/* The documents that Xapian passes live on its stack; the handles on ours. */
void xapian_c_match_spy::operator()(const Xapian::Document &document,
                                    double weight)
{
    xapian_document handle(document);

    callback(document.get_docid(), weight, &handle);
}

bool xapian_c_match_decider::operator()(const Xapian::Document &document) const
{
    xapian_document handle(document);
    bool accept = false;

    callback(document.get_docid(), &handle, &accept);
    return accept;
}

std::string
xapian_c_key_maker::operator()(const Xapian::Document &document) const
{
    xapian_document handle(document);
    const char *key = nullptr;
    size_t length = 0;

    callback(document.get_docid(), &handle, &key, &length);
    return string_of(key, length);
}

bool xapian_c_expand_decider::operator()(const std::string &term) const
{
    bool accept = false;

    callback(term.c_str(), term.size(), &accept);
    return accept;
}

/* --- Match spies */

xapian_status xapian_match_spy_new(xapian_match_spy_function function,
                                   void *context,
                                   xapian_free_context_function free_context,
                                   xapian_match_spy **spy, xapian_error **error)
{
    return deliver(spy, error, [&] {
        auto made = std::make_shared<xapian_c_match_spy>(function, context);
        auto *handle = new xapian_match_spy{made, nullptr};

        made->callback.own_context(free_context);
        return handle;
    });
}

xapian_status xapian_match_spy_new_value_count(xapian_valueno slot,
                                               xapian_match_spy **spy,
                                               xapian_error **error)
{
    return deliver(spy, error, [&] {
        auto made = std::make_shared<Xapian::ValueCountMatchSpy>(slot);

        return new xapian_match_spy{made, made.get()};
    });
}

static const Xapian::ValueCountMatchSpy &counter(const xapian_match_spy *spy)
{
    if (!spy->counter)
        throw Xapian::InvalidOperationError("this spy does not count values");
    return *spy->counter;
}

xapian_status xapian_match_spy_total(const xapian_match_spy *spy, size_t *total,
                                     xapian_error **error)
{
    return deliver(total, error, [&] { return counter(spy).get_total(); });
}

xapian_status xapian_match_spy_values(const xapian_match_spy *spy,
                                      xapian_term_iterator **values,
                                      xapian_error **error)
{
    return deliver(values, error, [&] {
        return new xapian_term_iterator(counter(spy).values_begin());
    });
}

xapian_status xapian_match_spy_top_values(const xapian_match_spy *spy,
                                          size_t maximum,
                                          xapian_term_iterator **values,
                                          xapian_error **error)
{
    return deliver(values, error, [&] {
        return new xapian_term_iterator(counter(spy).top_values_begin(maximum));
    });
}

void xapian_match_spy_free(xapian_match_spy *spy)
{
    delete spy;
}

/* --- Match deciders */

xapian_status
xapian_match_decider_new(xapian_match_decider_function function, void *context,
                         xapian_free_context_function free_context,
                         xapian_match_decider **decider, xapian_error **error)
{
    return deliver(decider, error, [&] {
        auto *handle = new xapian_match_decider(function, context);

        handle->decider.callback.own_context(free_context);
        return handle;
    });
}

void xapian_match_decider_free(xapian_match_decider *decider)
{
    delete decider;
}

/* --- Key makers */

xapian_status xapian_key_maker_new(xapian_key_maker_function function,
                                   void *context,
                                   xapian_free_context_function free_context,
                                   xapian_key_maker **maker,
                                   xapian_error **error)
{
    return deliver(maker, error, [&] {
        auto made = std::make_shared<xapian_c_key_maker>(function, context);
        auto *handle = new xapian_key_maker{made, nullptr};

        made->callback.own_context(free_context);
        return handle;
    });
}

xapian_status xapian_key_maker_new_multi_value(xapian_key_maker **maker,
                                               xapian_error **error)
{
    return deliver(maker, error, [] {
        auto made = std::make_shared<Xapian::MultiValueKeyMaker>();

        return new xapian_key_maker{made, made.get()};
    });
}

xapian_status xapian_key_maker_add_value(xapian_key_maker *maker,
                                         xapian_valueno slot, bool reverse,
                                         const char *fallback,
                                         size_t fallback_length,
                                         xapian_error **error)
{
    return guard(error, [&] {
        if (!maker->values)
            throw Xapian::InvalidOperationError(
                "this key maker does not take values");
        maker->values->add_value(slot, reverse,
                                 string_of(fallback, fallback_length));
    });
}

void xapian_key_maker_free(xapian_key_maker *maker)
{
    delete maker;
}

/* --- Expand deciders */

xapian_status
xapian_expand_decider_new(xapian_expand_decider_function function,
                          void *context,
                          xapian_free_context_function free_context,
                          xapian_expand_decider **decider, xapian_error **error)
{
    return deliver(decider, error, [&] {
        auto *handle = new xapian_expand_decider(function, context);

        handle->decider.callback.own_context(free_context);
        return handle;
    });
}

void xapian_expand_decider_free(xapian_expand_decider *decider)
{
    delete decider;
}
