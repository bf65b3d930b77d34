// SPDX-License-Identifier: Apache-2.0
//
// The frame in which every structure is filled.
#pragma once

#include "abi/structure_writer.h"
#include "providers/sim/tsp/structures.h"

#include <cstring>

namespace offhook::sim {

template <class T> bool is_too_small(const T* target, DWORD version) {
    return target != nullptr && target->dwTotalSize < abi::fixed_size<T>(version);
}

template <class T, class Fill> LONG filled(T* target, const Reader& reader, const Fill& fill) {
    Misbehaviour& misbehaviour = reader.session.misbehaviour();
    const DWORD version = misbehaviour.asked(Fault::r029) ? abi::v2_2 : reader.version;
    if (is_too_small(target, version) && misbehaviour.asked(Fault::r031)) return 0;
    abi::StructureWriter<T> writer(target, version);
    if (const LONG error = writer.begin(); error != 0) return error;
    if (misbehaviour.asked(Fault::r032)) return 0;
    fill(writer);
    const LONG result = writer.finish();
    spoil(misbehaviour,
          {abi::structure_id<T>, version, reinterpret_cast<std::byte*>(target), target->dwTotalSize});
    return result;
}

// Leaves fields as they are that are not the provider's to fill (R133).
template <class T, class... Field>
void leave_alone(abi::StructureWriter<T>& writer, const T* target, Misbehaviour& misbehaviour,
                 Field T::*... fields) {
    if (misbehaviour.asked(Fault::r133)) ((writer.operator->()->*fields = 0xBAD), ...);
    else if (target != nullptr) // which need not be aligned
        ((std::memcpy(&(writer.operator->()->*fields), &(target->*fields), sizeof(DWORD))), ...);
}

} // namespace offhook::sim
