// SPDX-License-Identifier: Apache-2.0
//
// The frame in which every structure is filled.
#pragma once

#include "provider/structure.h"
#include "providers/sim/tsp/structures.h"

#include <tuple>

namespace offhook::sim {

template <class T> bool is_too_small(const T* target, DWORD version) {
    return target != nullptr && target->dwTotalSize < abi::fixed_size<T>(version);
}

// The base's way to fill a structure, which breaks its rules when told to.
template <class T, class Fill> LONG filled(T* target, const Reader& reader, const Fill& fill) {
    Misbehaviour& misbehaviour = reader.session.misbehaviour();
    const DWORD version = misbehaviour.asked(Fault::r029) ? abi::v2_2 : reader.version;
    if (is_too_small(target, version) && misbehaviour.asked(Fault::r031)) return 0;
    if (target != nullptr && !is_too_small(target, version) && misbehaviour.asked(Fault::r032)) return 0;
    const LONG result = provider::fill_structure(target, version, [&](provider::StructureWriter<T>& writer) {
        constexpr auto services_own = provider::services_own<T>;
        if (std::tuple_size_v<decltype(services_own)> != 0 && misbehaviour.asked(Fault::r133))
            std::apply([&](auto... fields) { ((writer.operator->()->*fields = 0xBAD), ...); }, services_own);
        fill(writer);
    });
    if (result == 0)
        spoil(misbehaviour,
              {abi::structure_id<T>, version, reinterpret_cast<std::byte*>(target), target->dwTotalSize});
    return result;
}

} // namespace offhook::sim
