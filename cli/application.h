// SPDX-License-Identifier: Apache-2.0
//
// The command as a TAPI application: what it opens is closed again, in order.
#pragma once

#include "cli/problem.h"

#include "tapi.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace offhook::cli {

// A line as lineGetDevCaps and lineGetAddressCaps describe it.
struct LineDevice {
    DWORD id = 0;
    DWORD version = 0; // the negotiated TAPI version
    std::string name;
    std::string provider; // the provider's own words
    std::vector<std::string> addresses;
    DWORD media_modes = 0;
    DWORD most_calls = 0;
    LONG error = 0; // why it cannot be described; then there is nothing but its id
};

// lineInitializeEx to lineShutdown, with messages through a descriptor.
class Application {
  public:
    Application();
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    HLINEAPP handle() const { return handle_; }
    int descriptor() const { return descriptor_; } // readable while messages wait
    std::optional<LINEMESSAGE> next_message();     // does not wait

    // Lines that exist now, in the order of their ids; one whose provider is away is left out.
    std::vector<LineDevice> lines() const;
    // The only line of this name or with this address, or the one of this device id. Throws a Problem that
    // says which there are.
    LineDevice line(const std::string& name_or_id) const;

  private:
    LineDevice describe(DWORD id) const;

    HLINEAPP handle_ = 0;
    int descriptor_ = -1;
    DWORD count_ = 0;
};

// lineOpen to lineClose.
class Line {
  public:
    Line(const Application&, const LineDevice&, DWORD privileges);
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    HLINE handle() const { return handle_; }

  private:
    HLINE handle_ = 0;
};

// A structure that says in dwNeededSize how much room it wants: `fill` is called until it fits.
template <class T> class Sized {
  public:
    template <class Fill> Sized(std::string_view doing, Fill fill) : bytes_(sizeof(T) + 1024) {
        for (;;) {
            get()->dwTotalSize = static_cast<DWORD>(bytes_.size());
            checked(fill(get()), doing);
            if (get()->dwNeededSize <= bytes_.size()) return;
            bytes_.assign(get()->dwNeededSize, std::byte{});
        }
    }

    const T* operator->() const { return reinterpret_cast<const T*>(bytes_.data()); }
    // The bytes of a part; empty when it is absent.
    std::string_view part(DWORD size, DWORD offset) const {
        if (offset > bytes_.size() || size > bytes_.size() - offset) return {};
        return {reinterpret_cast<const char*>(bytes_.data()) + offset, size};
    }
    // A part that is text, without the NUL that ends it.
    std::string text(DWORD size, DWORD offset) const {
        const auto whole = part(size, offset);
        return std::string(whole.substr(0, whole.find('\0')));
    }

  private:
    T* get() { return reinterpret_cast<T*>(bytes_.data()); }

    std::vector<std::byte> bytes_;
};

} // namespace offhook::cli
