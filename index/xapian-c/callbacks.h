/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions of C as the functors that Xapian calls. */
#ifndef INDEX_XAPIAN_C_CALLBACKS_H
#define INDEX_XAPIAN_C_CALLBACKS_H

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

/* A function and its context. The context becomes its own, to free, only when
 * it is told so: until a handle is complete it remains the caller's. */
template <class Function> class xapian_c_callback
{
  public:
    xapian_c_callback(Function called, void *passed)
        : function(called), context(passed)
    {
    }

    ~xapian_c_callback()
    {
        if (free_context)
            free_context(context);
    }

    xapian_c_callback(const xapian_c_callback &) = delete;
    xapian_c_callback &operator=(const xapian_c_callback &) = delete;

    void own_context(xapian_free_context_function free_function)
    {
        free_context = free_function;
    }

    /* Call it. If it returns false, leave Xapian. */
    template <class... Arguments> void operator()(Arguments... arguments) const
    {
        if (!function(context, arguments...))
            throw xapian_c_stopped();
    }

  private:
    Function function;
    void *context;
    xapian_free_context_function free_context = nullptr;
};

class xapian_c_match_spy final : public Xapian::MatchSpy
{
  public:
    xapian_c_match_spy(xapian_match_spy_function function, void *context)
        : callback(function, context)
    {
    }

    void operator()(const Xapian::Document &document, double weight) override;

    xapian_c_callback<xapian_match_spy_function> callback;
};

class xapian_c_match_decider final : public Xapian::MatchDecider
{
  public:
    xapian_c_match_decider(xapian_match_decider_function function,
                           void *context)
        : callback(function, context)
    {
    }

    bool operator()(const Xapian::Document &document) const override;

    xapian_c_callback<xapian_match_decider_function> callback;
};

class xapian_c_key_maker final : public Xapian::KeyMaker
{
  public:
    xapian_c_key_maker(xapian_key_maker_function function, void *context)
        : callback(function, context)
    {
    }

    std::string operator()(const Xapian::Document &document) const override;

    xapian_c_callback<xapian_key_maker_function> callback;
};

class xapian_c_expand_decider final : public Xapian::ExpandDecider
{
  public:
    xapian_c_expand_decider(xapian_expand_decider_function function,
                            void *context)
        : callback(function, context)
    {
    }

    bool operator()(const std::string &term) const override;

    xapian_c_callback<xapian_expand_decider_function> callback;
};

/* Xapian uses deciders only during the call that they are passed to. */
struct xapian_match_decider {
    xapian_match_decider(xapian_match_decider_function function, void *context)
        : decider(function, context)
    {
    }

    xapian_c_match_decider decider;
};

struct xapian_expand_decider {
    xapian_expand_decider(xapian_expand_decider_function function,
                          void *context)
        : decider(function, context)
    {
    }

    xapian_c_expand_decider decider;
};

#endif
