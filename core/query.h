// SPDX-License-Identifier: Apache-2.0
//
// Functions that read a structure: the provider fills it, its answer is checked and brought into the form of
// the application's version, and the service fills in what only it knows. Included by the files that do so.
#pragma once

#include "core/state.h"

#include "abi/structure_writer.h"

namespace offhook::core {

// For the numbers of devices: as many as a provider may have for one line or phone.
inline constexpr std::uint32_t room_for_numbers = 4096;

// Who asked, and in which form the answer goes back.
struct State::Query {
    Handle application = 0;
    std::uint32_t correlation = 0;
    abi::Tapi function{};
    Handle session = 0;
    StructureForm form;
};

template <class T, class Complete>
void State::answer_query(const Query& query, const Outcome& outcome, const wire::Value& filled,
                         Complete complete) {
    const auto fail = [&](std::int32_t error) {
        answer(query.application, query.correlation, query.function, error, {});
    };
    if (outcome.result != 0)
        return fail(outcome.result < 0 ? outcome.result : as_result(LINEERR_OPERATIONFAILED));
    constexpr auto id = abi::structure_id<T>;
    if (!is_sound(query.session, query.function, id, query.form, filled.bytes))
        return fail(as_result(LINEERR_OPERATIONFAILED));
    auto bytes = abi::for_version(id, query.form.provider_version, query.form.version, filled.bytes);
    const auto room = query.form.room();
    bytes.resize(room);
    std::memcpy(bytes.data(), &room, sizeof room);
    abi::StructureWriter<T> writer(reinterpret_cast<T*>(bytes.data()), query.form.version,
                                   abi::Start::filled);
    complete(writer);
    const auto used = writer->dwUsedSize;
    if (const auto error = writer.finish(); error != 0) return fail(error);
    query.form.set_total(bytes);
    wire::Values outputs{};
    const auto& row = abi::row(query.function);
    for (std::size_t i = 0; i < row.count; ++i)
        if (row.parameters[i].kind == abi::Kind::sized)
            outputs[i] = bytes_value(std::span(bytes).first(used));
    answer(query.application, query.correlation, query.function, 0, outputs);
}

} // namespace offhook::core
