// SPDX-License-Identifier: Apache-2.0
//
// What the client remembers between a call's return and later messages: where outputs go that arrive with the
// reply (R056) or with a message, and which lines and phones are open. Safe for use by several threads.
#pragma once

#include "client/signature.h"

#include <map>
#include <mutex>
#include <optional>

namespace offhook::client {

enum class Subject : std::uint8_t { line, phone };

// An HLINEAPP or HPHONEAPP.
struct ApplicationKey {
    Subject subject{};
    std::uint32_t handle = 0;
    auto operator<=>(const ApplicationKey&) const = default;
};

// Outputs that were promised and are not there yet. Its memory belongs to the application, which keeps it
// until then.
struct LateOutputs {
    const Signature* signature = nullptr;
    Arguments arguments{};
    std::uint64_t channel = 0; // of the application that waits for them; 0: not known
};

struct OpenDevice {
    ApplicationKey application;
    std::uint64_t instance = 0; // sent back with every message
};

class Ledger {
  public:
    using Device = std::pair<Subject, std::uint32_t>; // with its HLINE or HPHONE
    // Entries are made before a call is sent, so that nothing can fail when its result is read.
    using LateEntry = std::map<std::uint32_t, LateOutputs>::node_type;
    using GatherEntry = std::multimap<std::uint32_t, LateOutputs>::node_type;
    using OpenEntry = std::map<Device, OpenDevice>::node_type;

    static LateEntry late_entry(LateOutputs);
    static GatherEntry gather_entry(std::uint32_t call, LateOutputs);
    static OpenEntry open_entry(Subject, OpenDevice);

    // A request was accepted: what an earlier one of the same number left behind is forgotten.
    void accepted(std::uint32_t request, std::uint64_t channel, LateEntry);
    std::optional<LateOutputs> take(std::uint32_t request);

    // Digits are gathered for a call; the oldest gathering ends first (R230).
    void gathering(GatherEntry, std::uint64_t channel);
    std::optional<LateOutputs> take_gathering(std::uint32_t call);

    void opened(std::uint32_t handle, OpenEntry);
    void closed(Device);
    // One that is still open; it counts as closed then.
    std::optional<std::pair<Device, OpenDevice>> take_open(ApplicationKey);

    // The application is gone: nothing is written into its memory any more.
    void forget(ApplicationKey, std::uint64_t channel);
    void forget_all();

  private:
    std::mutex mutex_;
    std::map<std::uint32_t, LateOutputs> late_;
    std::multimap<std::uint32_t, LateOutputs> gatherings_;
    std::map<Device, OpenDevice> open_;
};

} // namespace offhook::client
