/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Weighting schemes: those of Xapian 1.4 but LMWeight, which 2.0 removed. */
#include <config.h>

#include "index/xapian-c/guard.h"
#include "index/xapian-c/handles.h"

/* Deliver a Scheme made of PARAMETERS. */
template <class Scheme, class... Parameters>
static xapian_status make_weight(xapian_weight **weight, xapian_error **error,
                                 Parameters... parameters)
{
    return deliver(weight, error, [&] {
        return new xapian_weight{std::make_unique<Scheme>(parameters...)};
    });
}

xapian_status xapian_weight_new_bool(xapian_weight **weight,
                                     xapian_error **error)
{
    return make_weight<Xapian::BoolWeight>(weight, error);
}

xapian_status xapian_weight_new_bm25(double k1, double k2, double k3, double b,
                                     double min_normlen, xapian_weight **weight,
                                     xapian_error **error)
{
    return make_weight<Xapian::BM25Weight>(weight, error, k1, k2, k3, b,
                                           min_normlen);
}

xapian_status xapian_weight_new_bm25plus(double k1, double k2, double k3,
                                         double b, double min_normlen,
                                         double delta, xapian_weight **weight,
                                         xapian_error **error)
{
    return make_weight<Xapian::BM25PlusWeight>(weight, error, k1, k2, k3, b,
                                               min_normlen, delta);
}

xapian_status xapian_weight_new_trad(double k, xapian_weight **weight,
                                     xapian_error **error)
{
    return make_weight<Xapian::TradWeight>(weight, error, k);
}

/* Made inside the fence, since the string takes memory. */
xapian_status xapian_weight_new_tfidf(const char *normalizations, size_t length,
                                      xapian_weight **weight,
                                      xapian_error **error)
{
    return deliver(weight, error, [&] {
        return new xapian_weight{std::make_unique<Xapian::TfIdfWeight>(
            string_of(normalizations, length))};
    });
}

xapian_status xapian_weight_new_inl2(double c, xapian_weight **weight,
                                     xapian_error **error)
{
    return make_weight<Xapian::InL2Weight>(weight, error, c);
}

xapian_status xapian_weight_new_ifb2(double c, xapian_weight **weight,
                                     xapian_error **error)
{
    return make_weight<Xapian::IfB2Weight>(weight, error, c);
}

xapian_status xapian_weight_new_ineb2(double c, xapian_weight **weight,
                                      xapian_error **error)
{
    return make_weight<Xapian::IneB2Weight>(weight, error, c);
}

xapian_status xapian_weight_new_bb2(double c, xapian_weight **weight,
                                    xapian_error **error)
{
    return make_weight<Xapian::BB2Weight>(weight, error, c);
}

xapian_status xapian_weight_new_pl2(double c, xapian_weight **weight,
                                    xapian_error **error)
{
    return make_weight<Xapian::PL2Weight>(weight, error, c);
}

xapian_status xapian_weight_new_pl2plus(double c, double delta,
                                        xapian_weight **weight,
                                        xapian_error **error)
{
    return make_weight<Xapian::PL2PlusWeight>(weight, error, c, delta);
}

xapian_status xapian_weight_new_dlh(xapian_weight **weight,
                                    xapian_error **error)
{
    return make_weight<Xapian::DLHWeight>(weight, error);
}

xapian_status xapian_weight_new_dph(xapian_weight **weight,
                                    xapian_error **error)
{
    return make_weight<Xapian::DPHWeight>(weight, error);
}

xapian_status xapian_weight_new_coord(xapian_weight **weight,
                                      xapian_error **error)
{
    return make_weight<Xapian::CoordWeight>(weight, error);
}

void xapian_weight_free(xapian_weight *weight)
{
    delete weight;
}
