// SPDX-License-Identifier: Apache-2.0
//
// The rule monitor of one provider session: it looks at the frames that go to the host and come from it, and
// names the rule that the provider breaks. It never changes what passes. One thread.
#pragma once

#include "rules/books.h"
#include "rules/table.h"
#include "wire/frame.h"
#include "wire/host.h"

#include <array>
#include <functional>
#include <map>
#include <vector>

namespace offhook::rules {

// What a step is about, as the service names it; 0: it is not about one, or that is not known.
struct Subject {
    std::uint64_t line = 0; // HTAPILINE or HTAPIPHONE
    std::uint64_t call = 0; // HTAPICALL
    std::uint32_t request = 0;
};

enum class Gravity : std::uint8_t {
    broken,
    contested, // another page allows it (conflict_about): worth a warning
};

struct Break {
    std::uint16_t rule = 0;
    std::string did; // what the provider did; rule_text says what it should have done, and which page says so
    Subject subject{};
    Gravity gravity = Gravity::broken;
};

class Monitor {
  public:
    using OnBreak = std::function<void(const Break&)>;

    explicit Monitor(OnBreak);

    // One or more whole frames.
    void to_host(std::span<const std::byte> frames);
    void from_host(const wire::Frame&);
    // What the host kept of the session before (R001).
    void retained(const wire::HostRetained&);
    // Nothing has happened for a while, and nothing is on its way: what is owed is overdue.
    void quiet();
    // For live traffic, which may never be quiet. What the provider has owed for a whole period, and less
    // than two, is overdue; it is named once. What waits for people (a request, a button that is held) is
    // not.
    void period_has_passed();

    // How often each rule was looked at and kept, or broken.
    struct Count {
        std::uint64_t kept = 0, broken = 0;
    };
    std::map<std::uint16_t, Count> counts() const;
    const Books& books() const { return books_; }

  private:
    void to_host(const wire::Frame&);
    void entered(const wire::Frame&);
    void returned(const wire::Frame&);
    void completed(const wire::Frame&);
    void said(const wire::Frame&);
    void look(const Observation&);
    void broke(std::uint16_t rule, std::string did, const Subject&);
    Subject subject_of(const Observation&) const;
    Subject subject_of_what_runs() const;

    OnBreak on_break_;
    Books books_;
    using Running = std::unordered_map<std::uint32_t, CalledWith>; // by correlation
    CalledWith& begin_running(std::uint32_t correlation);
    void end_running(Running::iterator);

    Running running_;
    std::vector<Running::node_type> spare_; // with the memory that they have
    std::array<Count, 257> counts_{};       // by rule
    // Of the requests that were completed last: a provider may speak of one again.
    std::array<Subject, 64> completed_{};
    std::size_t next_completed_ = 0;
};

} // namespace offhook::rules
