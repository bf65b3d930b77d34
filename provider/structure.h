// SPDX-License-Identifier: Apache-2.0
//
// The frame in which a provider fills a structure that varies in size: see abi/structure_writer.h for how
// that structure comes out right in every size and version (R029 to R038).
#pragma once

#include "abi/structure_writer.h"

#include <cstddef>
#include <cstring>
#include <tuple>

namespace offhook::provider {

template <class T> using StructureWriter = abi::StructureWriter<T>;

// The fields of a structure that are the service's own: a provider leaves them as they are (R133).
template <class T> inline constexpr std::tuple<> services_own{};
template <>
inline constexpr std::tuple services_own<LINECALLINFO>{
    &LINECALLINFO::hLine, &LINECALLINFO::dwMonitorDigitModes, &LINECALLINFO::dwMonitorMediaModes,
    &LINECALLINFO::dwNumOwners, &LINECALLINFO::dwNumMonitors};
template <> inline constexpr std::tuple services_own<LINECALLSTATUS>{&LINECALLSTATUS::dwCallPrivilege};
template <>
inline constexpr std::tuple services_own<LINEDEVSTATUS>{&LINEDEVSTATUS::dwNumOpens,
                                                        &LINEDEVSTATUS::dwOpenMediaModes};
template <>
inline constexpr std::tuple services_own<PHONESTATUS>{&PHONESTATUS::dwNumOwners, &PHONESTATUS::dwNumMonitors};

// Fills `target` as it is in `version`; `fill` is given a StructureWriter, in which every field is 0 but
// those that are the service's own. Returns what the TSPI function returns.
template <class T, class Fill> [[nodiscard]] LONG fill_structure(T* target, DWORD version, const Fill& fill) {
    StructureWriter<T> writer(target, version);
    if (const LONG error = writer.begin(); error != 0) return error;
    std::apply(
        [&](auto... fields) { // the target need not be aligned
            (std::memcpy(&(writer.operator->()->*fields), &(target->*fields), sizeof(DWORD)), ...);
        },
        services_own<T>);
    fill(writer);
    return writer.finish();
}

// Is there room for an identifier of so many bytes? Else it must not be used up: the caller asks again.
[[nodiscard]] inline bool has_room(const VARSTRING& target, std::size_t size) {
    return target.dwTotalSize >= sizeof(VARSTRING) + size;
}

// Of TSPI_lineGetID and its like: an identifier in bytes.
[[nodiscard]] inline LONG fill_binary(VARSTRING* target, const void* data, std::size_t size) {
    return fill_structure(target, abi::v1_3, [&](StructureWriter<VARSTRING>& writer) {
        writer->dwStringFormat = STRINGFORMAT_BINARY;
        writer.bytes(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, data, size);
    });
}

} // namespace offhook::provider
