// SPDX-License-Identifier: Apache-2.0
#include "client/invoke.h"

#include "client/guarded.h"
#include "client/marshal.h"
#include "client/process.h"

#include <cstring>

namespace offhook::client {
namespace {

using abi::HandleKind;
using abi::Tapi;

// What a successful call does to the lines and phones that are open.
enum class Change : std::uint8_t { none, opens, closes };

struct Effect {
    Change change = Change::none;
    Subject subject{};
};

constexpr Effect effect_of(Tapi function) {
    switch (function) {
    case Tapi::lineOpen: return {Change::opens, Subject::line};
    case Tapi::lineClose: return {Change::closes, Subject::line};
    case Tapi::phoneOpen: return {Change::opens, Subject::phone};
    case Tapi::phoneClose: return {Change::closes, Subject::phone};
    default: return {};
    }
}

bool fills(const Signature& signature, const Arguments& arguments, wire::Fill when) {
    const auto& row = signature.row();
    for (std::size_t i = 0; i < row.count; ++i)
        if (row.parameters[i].fill == when && arguments[i].pointer != nullptr) return true;
    return false;
}

// A call that notes in the ledger what its result brings about.
class TapiCall final : public Call {
  public:
    TapiCall(Ledger& ledger, const Signature& signature, const Arguments& arguments)
        : Call(signature.row().mode == abi::Mode::async ? Answer::of_asynchronous : Answer::of_synchronous),
          ledger_(ledger),
          effect_(effect_of(signature.function)),
          handle_(static_cast<std::uint32_t>(arguments[0].number)) {
        const LateOutputs outputs{&signature, arguments, 0};
        if (fills(signature, arguments, wire::Fill::at_reply)) late_ = Ledger::late_entry(outputs);
        if (fills(signature, arguments, wire::Fill::at_message))
            gathering_ = Ledger::gather_entry(handle_, outputs);
        if (effect_.change == Change::opens) {
            const auto instance = arguments[signature.row().index_of("dwCallbackInstance")].number;
            opening_ = Ledger::open_entry(effect_.subject, {{effect_.subject, handle_}, instance});
        }
    }

  private:
    void answered() override {
        if (result > 0)
            return ledger_.accepted(static_cast<std::uint32_t>(result), channel, std::move(late_));
        if (result < 0) return;
        if (gathering_) ledger_.gathering(std::move(gathering_), channel);
        if (effect_.change == Change::closes) ledger_.closed({effect_.subject, handle_});
        if (effect_.change == Change::opens) {
            wire::PayloadReader reader(payload);
            if (const auto opened = reader.number(); opened != 0) ledger_.opened(opened, std::move(opening_));
        }
    }

    Ledger& ledger_;
    const Effect effect_;
    const std::uint32_t handle_; // the first argument
    Ledger::LateEntry late_;
    Ledger::GatherEntry gathering_;
    Ledger::OpenEntry opening_;
};

} // namespace

// Functions that take no handle work without initialisation, and so do those for translation, whose
// application may be NULL (R177).
std::shared_ptr<CallsConnection> connection_for(const abi::TapiFunction& row, const Arguments& arguments) {
    const bool without_application = row.handle == HandleKind::app &&
                                     row.answered_by == abi::AnsweredBy::service && arguments[0].number == 0;
    if (row.handle == HandleKind::none || without_application)
        return Process::current().connect(Start::when_needed);
    return Process::current().connection();
}

std::vector<std::byte> call_frame(const Signature& signature, const wire::Values& inputs) {
    wire::FrameHeader header;
    header.kind = wire::FrameKind::call;
    header.function = static_cast<std::uint16_t>(signature.function);
    std::vector<std::byte> frame;
    wire::FrameWriter writer(frame, header);
    signature.encode(writer, inputs);
    writer.finish();
    if (frame.size() > wire::max_frame_size) throw Failure{LINEERR_INVALPARAM, "The arguments are too long."};
    return frame;
}

Invocation::Invocation(const Signature& signature, Arguments arguments)
    : signature_(signature),
      arguments_(arguments) {
    frame_ = call_frame(signature_, Inputs(signature_, arguments_).values());
}

LONG Invocation::run(CallsConnection& connection, std::uint64_t channel) {
    std::memcpy(frame_.data() + offsetof(wire::FrameHeader, sequence), &channel, sizeof channel);
    TapiCall call(connection.ledger(), signature_, arguments_);
    connection.exchange(call, frame_);
    if (call.result < 0) return call.result;
    switch (write_outputs(signature_, wire::Fill::at_return, arguments_, call.payload,
                          std::move(call.descriptor))) {
    case Written::whole: return call.result;
    case Written::too_small: return LINEERR_STRUCTURETOOSMALL;
    case Written::malformed: break;
    }
    connection.broke_protocol();
    throw Failure{LINEERR_OPERATIONFAILED, "The service broke the protocol."};
}

LONG invoke(const Signature& signature, const Arguments& arguments) noexcept {
    return guarded(family_of(signature.row().name), [&] {
        Invocation invocation(signature, arguments);
        return invocation.run(*connection_for(signature.row(), arguments));
    });
}

} // namespace offhook::client
