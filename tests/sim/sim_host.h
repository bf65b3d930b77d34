// SPDX-License-Identifier: Apache-2.0
//
// What the tests of sim.tsp have in common. Without delays everything that follows from a call into the
// provider has been said when that call returns, so no test waits.
#pragma once

#include "tests/support/tsp_host.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace offhook::testing {

class SimTest : public ::testing::Test {
  protected:
    void begin(TspHost::Keys keys = {}, DWORD version = 0x00020002, DWORD first_device = 0) {
        host_ = std::make_unique<TspHost>(SIM_TSP, std::move(keys));
        ASSERT_EQ(host_->command("behave"), 0);
        ASSERT_EQ(host_->start(version, first_device), 0);
    }
    TspHost& host() { return *host_; }

    void command(const std::string& line) { EXPECT_EQ(host().command(line), 0) << host().answer_text(); }

    // Did the request succeed, and has it been completed once?
    bool succeeded(LONG request) { return result(request) == 0; }
    LONG result(LONG request) {
        if (request < 0) return request;
        std::vector<LONG> results;
        for (const Said& said : host().everything())
            if (said.message == LINE_REPLY && static_cast<LONG>(said.p1) == request)
                results.push_back(static_cast<LONG>(said.p2));
        return results.size() == 1 ? results[0] : 1;
    }

    // The call that came in last.
    std::pair<HTAPICALL, HDRVCALL> newest() { return host().incoming().back(); }

    using States = std::vector<DWORD>;
    States states(HTAPICALL name) { return host().states_of(name); }
    DWORD state(HTAPICALL name) {
        const auto all = states(name);
        return all.empty() ? 0 : all.back();
    }
    // The mode of the last state.
    DWORD mode(HTAPICALL name) {
        DWORD found = 0;
        for (const Said& said : host().everything())
            if (said.message == LINE_CALLSTATE && said.call == name) found = static_cast<DWORD>(said.p2);
        return found;
    }
    std::size_t count(DWORD message, DWORD_PTR p1) {
        const auto all = host().everything();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Said& said) {
            return said.message == message && said.p1 == p1;
        }));
    }

    // A filled structure with its parts.
    template <class T> struct Filled {
        alignas(8) std::array<std::byte, 4096> memory{};
        LONG result = 0;
        T* operator->() { return reinterpret_cast<T*>(memory.data()); }
        std::u16string text(DWORD size, DWORD offset) {
            std::u16string value(size / 2, u'\0');
            std::memcpy(value.data(), memory.data() + offset, size);
            return value.substr(0, value.find(u'\0'));
        }
    };
    template <class T, class Fill> Filled<T> filled(Fill fill, DWORD total = 2048) {
        Filled<T> out;
        out->dwTotalSize = total;
        out.result = fill(out.operator->());
        return out;
    }
    Filled<LINECALLINFO> info(HDRVCALL call) {
        return filled<LINECALLINFO>([&](auto* out) { return TSP(host(), lineGetCallInfo)(call, out); });
    }
    Filled<LINECALLSTATUS> status(HDRVCALL call) {
        return filled<LINECALLSTATUS>([&](auto* out) { return TSP(host(), lineGetCallStatus)(call, out); });
    }
    Filled<LINEADDRESSSTATUS> address(HDRVLINE line) {
        return filled<LINEADDRESSSTATUS>(
            [&](auto* out) { return TSP(host(), lineGetAddressStatus)(line, 0, out); });
    }

    // Two extensions that talk to each other.
    struct Talk {
        HDRVLINE line = nullptr, other_line = nullptr;
        HTAPICALL name = nullptr, other_name = nullptr;
        HDRVCALL call = nullptr, other = nullptr;
    };
    Talk talk(DWORD from, DWORD to) {
        Talk made;
        made.line = line(from);
        made.other_line = line(to);
        const auto call = host().make_call(made.line, number(to));
        EXPECT_TRUE(succeeded(call.result));
        std::tie(made.other_name, made.other) = newest();
        EXPECT_TRUE(succeeded(host().answer(made.other)));
        made.name = call.name;
        made.call = call.call;
        return made;
    }
    static std::u16string number(DWORD place) {
        const std::string digits = std::to_string(101 + place);
        return {digits.begin(), digits.end()};
    }
    HDRVLINE line(DWORD place) {
        if (lines_.size() <= place) lines_.resize(place + 1);
        if (lines_[place] == nullptr) lines_[place] = host().open(place);
        return lines_[place];
    }
    // A function on one call.
    template <class Function> LONG ask(Function* function, HDRVCALL call) {
        return function(host().next_request(), call);
    }

  private:
    std::vector<HDRVLINE> lines_;
    std::unique_ptr<TspHost> host_;
};

} // namespace offhook::testing
