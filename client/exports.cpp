// SPDX-License-Identifier: Apache-2.0
//
// The exported functions, generated from abi/table/tapi.def: for each row its bare, A and W names, with the
// parameters that tapi.h declares.
#include "client/dialog_functions.h"
#include "client/invoke.h"
#include "client/local_functions.h"
#include "client/provider_functions.h"

namespace offhook::client {
namespace {

using abi::Tapi;

template <class... A> Arguments pack(A... arguments) { return {argument(arguments)...}; }

template <Tapi F, Text Structures, auto* Prototype, class... A> LONG call(A... arguments) {
    [[maybe_unused]] constexpr const Signature& form = signature<F, Structures, Prototype>;
    if constexpr (F == Tapi::lineInitialize) return line_initialize(arguments...);
    else if constexpr (F == Tapi::phoneInitialize) return phone_initialize(arguments...);
    else if constexpr (F == Tapi::lineInitializeEx) return line_initialize_ex(form, arguments...);
    else if constexpr (F == Tapi::phoneInitializeEx) return phone_initialize_ex(form, arguments...);
    else if constexpr (F == Tapi::lineShutdown) return line_shutdown(arguments...);
    else if constexpr (F == Tapi::phoneShutdown) return phone_shutdown(arguments...);
    else if constexpr (F == Tapi::lineGetMessage) return line_get_message(arguments...);
    else if constexpr (F == Tapi::phoneGetMessage) return phone_get_message(arguments...);
    else if constexpr (F == Tapi::lineAddProvider) return add_provider(form, pack(arguments...));
    else if constexpr (F == Tapi::lineRemoveProvider) return remove_provider(form, pack(arguments...));
    else if constexpr (dialog_of(F) != abi::Tspi::count)
        return show_dialog(form, dialog_of(F), pack(arguments...));
    else return invoke(form, pack(arguments...));
}

// The type of a prototype's parameter.
template <std::size_t Index, class... A>
auto nth(LONG (*)(A...)) -> std::tuple_element_t<Index, std::tuple<A...>>;
template <auto* Prototype, std::size_t Index> using ParameterOf = decltype(nth<Index>(Prototype));

} // namespace
} // namespace offhook::client

// Of a prototype's parameters: their declarations, and their names.
#define OFFHOOK_P(f, i) offhook::client::ParameterOf<&::f, i> a##i
#define OFFHOOK_P1(f) OFFHOOK_P(f, 0)
#define OFFHOOK_P2(f) OFFHOOK_P1(f), OFFHOOK_P(f, 1)
#define OFFHOOK_P3(f) OFFHOOK_P2(f), OFFHOOK_P(f, 2)
#define OFFHOOK_P4(f) OFFHOOK_P3(f), OFFHOOK_P(f, 3)
#define OFFHOOK_P5(f) OFFHOOK_P4(f), OFFHOOK_P(f, 4)
#define OFFHOOK_P6(f) OFFHOOK_P5(f), OFFHOOK_P(f, 5)
#define OFFHOOK_P7(f) OFFHOOK_P6(f), OFFHOOK_P(f, 6)
#define OFFHOOK_P8(f) OFFHOOK_P7(f), OFFHOOK_P(f, 7)
#define OFFHOOK_P9(f) OFFHOOK_P8(f), OFFHOOK_P(f, 8)
#define OFFHOOK_P10(f) OFFHOOK_P9(f), OFFHOOK_P(f, 9)
#define OFFHOOK_P11(f) OFFHOOK_P10(f), OFFHOOK_P(f, 10)
#define OFFHOOK_P12(f) OFFHOOK_P11(f), OFFHOOK_P(f, 11)
#define OFFHOOK_A1 a0
#define OFFHOOK_A2 OFFHOOK_A1, a1
#define OFFHOOK_A3 OFFHOOK_A2, a2
#define OFFHOOK_A4 OFFHOOK_A3, a3
#define OFFHOOK_A5 OFFHOOK_A4, a4
#define OFFHOOK_A6 OFFHOOK_A5, a5
#define OFFHOOK_A7 OFFHOOK_A6, a6
#define OFFHOOK_A8 OFFHOOK_A7, a7
#define OFFHOOK_A9 OFFHOOK_A8, a8
#define OFFHOOK_A10 OFFHOOK_A9, a9
#define OFFHOOK_A11 OFFHOOK_A10, a10
#define OFFHOOK_A12 OFFHOOK_A11, a11

// The number of the row's parameters, as one token.
#define OFFHOOK_PICK(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, count, ...) count
#define OFFHOOK_COUNT(...) OFFHOOK_PICK(__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, )
#define OFFHOOK_JOIN_(a, b) a##b
#define OFFHOOK_JOIN(a, b) OFFHOOK_JOIN_(a, b)

#define OFFHOOK_DEFINE(exported, name, structures, count)                                                    \
    LONG WINAPI exported(OFFHOOK_JOIN(OFFHOOK_P, count)(exported)) {                                         \
        return offhook::client::call<offhook::abi::Tapi::name, offhook::client::Text::structures,            \
                                     &::exported>(OFFHOOK_JOIN(OFFHOOK_A, count));                           \
    }
// A function that has one form only takes text inside structures as it travels. The names of the forms are
// made at once: the plain name of a function that has no bare form is a macro of tapi.h.
#define OFFHOOK_bare(name, name_a, name_w, count) OFFHOOK_DEFINE(name, name, utf16, count)
#define OFFHOOK_AW(name, name_a, name_w, count)                                                              \
    OFFHOOK_DEFINE(name_a, name, utf8, count) OFFHOOK_DEFINE(name_w, name, utf16, count)
#define OFFHOOK_bareAW(name, name_a, name_w, count)                                                          \
    OFFHOOK_DEFINE(name, name, utf8, count) OFFHOOK_AW(name, name_a, name_w, count)

extern "C" {
#define TAPI_FUNCTION(name, mode, handle, privilege, by, since, variants, ...)                               \
    OFFHOOK_##variants(name, name##A, name##W, OFFHOOK_COUNT(__VA_ARGS__))
#include "abi/table/tapi.def"
#undef TAPI_FUNCTION
}
