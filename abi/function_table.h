// SPDX-License-Identifier: Apache-2.0
//
// The function tables: what every TAPI and TSPI function takes, which way each parameter travels, and when
// each output is filled. Client stubs, dispatch in the service, dispatch in the host, the trace's field names
// and the coverage report all come from these rows at compile time; nothing is written by hand per function.
//
// The rows are in abi/table/*.def. A function's number on the wire is its place in its table.
#pragma once

// The tables name every structure of every version; which part of one an application sees is decided at run
// time.
#ifndef TAPI_CURRENT_VERSION
#define TAPI_CURRENT_VERSION 0x00030001
#endif
#include "tapi.h"
#include "tspi.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace offhook::abi {

// How a parameter looks in C and on the wire.
enum class Kind : std::uint8_t {
    local,        // meaningful in one process only (windows, callbacks): never on the wire
    number,       // 32 bits: DWORD, LONG, application handles. Wire: 4 bytes
    wide,         // 64 bits: HDRV*, HTAPI*, DWORD_PTR. Wire: 8 bytes
    text,         // NUL-terminated UTF-16. Wire: a block without the NUL
    counted_text, // UTF-16 whose length in bytes is another parameter. Wire: a block
    bytes,        // a block whose length in bytes is another parameter. Wire: a block
    array,        // structures whose number is another parameter. Wire: a block
    fixed,        // one structure of fixed size. Wire: a block
    sized,        // one structure that starts with dwTotalSize. Wire: a block
};

enum class Direction : std::uint8_t { in, out, inout };

// When an output is filled (R056).
enum class Fill : std::uint8_t {
    none,      // it is no output
    at_return, // before the function returns
    at_reply,  // before the request completes
    at_message // before a named message is delivered (lineGatherDigits)
};

struct Parameter {
    Kind kind = Kind::local;
    Direction direction = Direction::in;
    Fill fill = Fill::none;
    std::string_view name;
    std::string_view count_name; // the parameter that holds the length of bytes, array or counted_text
    std::uint32_t size = 0;      // of one element of array or fixed; the fixed part of sized at version 3.1
    std::string_view type;       // of array, fixed and sized: the structure's name
};

enum class Mode : std::uint8_t { sync, async };
enum class Scope : std::uint8_t { provider, line, address, call, phone, ui };
enum class Need : std::uint8_t { required, optional, conditional, obsolete };
enum class HandleKind : std::uint8_t { none, app, line, call, device, any, phoneapp, phone };
enum class Privilege : std::uint8_t { none, any, monitor, owner };
enum class AnsweredBy : std::uint8_t { provider, service, proxy, obsolete };
enum class Variants : std::uint8_t { bare, bareAW, AW };

inline constexpr std::uint32_t v1_3 = 0x00010003, v1_4 = 0x00010004, v2_0 = 0x00020000, v2_1 = 0x00020001,
                               v2_2 = 0x00020002, v3_0 = 0x00030000, v3_1 = 0x00030001;

inline constexpr std::size_t max_parameters = 13;

struct Function {
    std::string_view name;
    Mode mode = Mode::sync;
    std::uint32_t since = v1_3;
    std::size_t count = 0;
    std::array<Parameter, max_parameters> parameters{};

    // The place of a parameter, or `count` when there is none of that name.
    constexpr std::size_t index_of(std::string_view parameter) const {
        std::size_t i = 0;
        while (i < count && parameters[i].name != parameter) ++i;
        return i;
    }
};

struct TspiFunction : Function {
    Scope scope = Scope::provider;
    Need need = Need::optional;
};

struct TapiFunction : Function {
    HandleKind handle = HandleKind::none;
    Privilege privilege = Privilege::none;
    AnsweredBy answered_by = AnsweredBy::provider;
    Variants variants = Variants::bare;
};

template <class Row, class... P> constexpr Row with_parameters(Row row, P... parameters) {
    ((row.parameters[row.count++] = parameters), ...);
    return row;
}

// The parameter macros that the rows use.
// clang-format off
#define LOCAL(n) Parameter{Kind::local, Direction::in, Fill::none, #n, "", 0, ""}
#define IN_NUMBER(n) Parameter{Kind::number, Direction::in, Fill::none, #n, "", 0, ""}
#define IN_WIDE(n) Parameter{Kind::wide, Direction::in, Fill::none, #n, "", 0, ""}
#define IN_TEXT(n) Parameter{Kind::text, Direction::in, Fill::none, #n, "", 0, ""}
#define IN_COUNTED_TEXT(n, c) Parameter{Kind::counted_text, Direction::in, Fill::none, #n, #c, 0, ""}
#define IN_BYTES(n, c) Parameter{Kind::bytes, Direction::in, Fill::none, #n, #c, 0, ""}
#define IN_ARRAY(n, t, c) Parameter{Kind::array, Direction::in, Fill::none, #n, #c, sizeof(t), #t}
#define IN_FIXED(n, t) Parameter{Kind::fixed, Direction::in, Fill::none, #n, "", sizeof(t), #t}
#define IN_SIZED(n, t) Parameter{Kind::sized, Direction::in, Fill::none, #n, "", sizeof(t), #t}
#define OUT_NUMBER(n) Parameter{Kind::number, Direction::out, Fill::at_return, #n, "", 0, ""}
#define OUT_WIDE(n) Parameter{Kind::wide, Direction::out, Fill::at_return, #n, "", 0, ""}
#define OUT_FIXED(n, t) Parameter{Kind::fixed, Direction::out, Fill::at_return, #n, "", sizeof(t), #t}
#define OUT_SIZED(n, t) Parameter{Kind::sized, Direction::out, Fill::at_return, #n, "", sizeof(t), #t}
#define OUT_BYTES(n, c) Parameter{Kind::bytes, Direction::out, Fill::at_return, #n, #c, 0, ""}
#define OUT_TEXT(n, max) Parameter{Kind::text, Direction::out, Fill::at_return, #n, "", max, ""}
#define INOUT_NUMBER(n) Parameter{Kind::number, Direction::inout, Fill::at_return, #n, "", 0, ""}
#define INOUT_BYTES(n, c) Parameter{Kind::bytes, Direction::inout, Fill::at_return, #n, #c, 0, ""}
#define REPLY_NUMBER(n) Parameter{Kind::number, Direction::out, Fill::at_reply, #n, "", 0, ""}
#define REPLY_SIZED(n, t) Parameter{Kind::sized, Direction::out, Fill::at_reply, #n, "", sizeof(t), #t}
#define REPLY_BYTES(n, c) Parameter{Kind::bytes, Direction::out, Fill::at_reply, #n, #c, 0, ""}
#define INOUT_REPLY_BYTES(n, c) Parameter{Kind::bytes, Direction::inout, Fill::at_reply, #n, #c, 0, ""}
#define MESSAGE_TEXT(n, c, m) Parameter{Kind::text, Direction::out, Fill::at_message, #n, #c, 0, ""}
// clang-format on
#define TUISPIDLL_NAME_MAXIMUM 260
#define LOCATION_CODE_MAXIMUM 8

// The numbers of the TSPI functions; TUISPI_ rows carry their whole name because some exist in both.
#define TSPI_FUNCTION(name, ...) name,
#define TUISPI_FUNCTION(name, ...) ui_##name,
enum class Tspi : std::uint16_t {
#include "abi/table/tspi.def"
    count
};
#undef TSPI_FUNCTION
#undef TUISPI_FUNCTION

#define TAPI_FUNCTION(name, ...) name,
enum class Tapi : std::uint16_t {
#include "abi/table/tapi.def"
    count
};
#undef TAPI_FUNCTION

namespace detail {

constexpr TspiFunction tspi_row(std::string_view name, Mode mode, Scope scope, Need need,
                                std::uint32_t since) {
    TspiFunction row;
    row.name = name;
    row.mode = mode;
    row.since = since;
    row.scope = scope;
    row.need = need;
    return row;
}

constexpr TapiFunction tapi_row(std::string_view name, Mode mode, HandleKind handle, Privilege privilege,
                                AnsweredBy answered_by, std::uint32_t since, Variants variants) {
    TapiFunction row;
    row.name = name;
    row.mode = mode;
    row.since = since;
    row.handle = handle;
    row.privilege = privilege;
    row.answered_by = answered_by;
    row.variants = variants;
    return row;
}

} // namespace detail

#define TSPI_FUNCTION(name, mode, scope, need, since, ...)                                                   \
    with_parameters(detail::tspi_row("TSPI_" #name, Mode::mode, Scope::scope, Need::need, since)             \
                        __VA_OPT__(, ) __VA_ARGS__),
#define TUISPI_FUNCTION(name, mode, scope, need, since, ...)                                                 \
    with_parameters(detail::tspi_row("TUISPI_" #name, Mode::mode, Scope::scope, Need::need, since)           \
                        __VA_OPT__(, ) __VA_ARGS__),
inline constexpr std::array<TspiFunction, static_cast<std::size_t>(Tspi::count)> tspi_functions{{
#include "abi/table/tspi.def"
}};
#undef TSPI_FUNCTION
#undef TUISPI_FUNCTION

#define TAPI_FUNCTION(name, mode, handle, privilege, by, since, variants, ...)                               \
    with_parameters(detail::tapi_row(#name, Mode::mode, HandleKind::handle, Privilege::privilege,            \
                                     AnsweredBy::by, since, Variants::variants) __VA_OPT__(, ) __VA_ARGS__),
inline constexpr std::array<TapiFunction, static_cast<std::size_t>(Tapi::count)> tapi_functions{{
#include "abi/table/tapi.def"
}};
#undef TAPI_FUNCTION

#undef LOCAL
#undef IN_NUMBER
#undef IN_WIDE
#undef IN_TEXT
#undef IN_COUNTED_TEXT
#undef IN_BYTES
#undef IN_ARRAY
#undef IN_FIXED
#undef IN_SIZED
#undef OUT_NUMBER
#undef OUT_WIDE
#undef OUT_FIXED
#undef OUT_SIZED
#undef OUT_BYTES
#undef OUT_TEXT
#undef INOUT_NUMBER
#undef INOUT_BYTES
#undef REPLY_NUMBER
#undef REPLY_SIZED
#undef REPLY_BYTES
#undef INOUT_REPLY_BYTES
#undef MESSAGE_TEXT

// The row of a function, by its number.
template <Tspi F>
inline constexpr const TspiFunction& row_of_tspi = tspi_functions[static_cast<std::size_t>(F)];
template <Tapi F>
inline constexpr const TapiFunction& row_of_tapi = tapi_functions[static_cast<std::size_t>(F)];

template <Tspi F> constexpr const TspiFunction& row() { return row_of_tspi<F>; }
template <Tapi F> constexpr const TapiFunction& row() { return row_of_tapi<F>; }

constexpr const TspiFunction& row(Tspi f) { return tspi_functions[static_cast<std::size_t>(f)]; }
constexpr const TapiFunction& row(Tapi f) { return tapi_functions[static_cast<std::size_t>(f)]; }

static_assert(tspi_functions.size() == 122 && tapi_functions.size() == 145);

} // namespace offhook::abi
