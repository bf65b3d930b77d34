// SPDX-License-Identifier: Apache-2.0
//
// The stack on sofia-sip: deals the accounts out to shards and takes each leg's requests to its shard.

#include "providers/sip/stack/shard.h"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace offhook::sip {
namespace {

using stack::Leg;
using stack::Shard;

// sofia-sip's process-wide state.
class Library {
  public:
    Library() {
        su_init();
        su_log_set_level(nullptr, 0); // it writes to stderr, which nobody reads
    }
    ~Library() { su_deinit(); }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
};

// sofia-sip opens its source of random numbers at the first use and never closes it: that is of the library,
// and not to be taken for something that a session left (R001).
[[gnu::constructor]] void open_random_source() { su_random(); }

// Where a shard listens. Accounts that share an address and a port share a shard.
using Home = std::pair<media::Address, std::uint16_t>;
using Deal = std::map<Home, Accounts>;

Deal deal(const Accounts& accounts) {
    Deal dealt;
    for (const auto& [place, account] : accounts) {
        Accounts& lines = dealt[{account.local, account.port}];
        lines.emplace(place, account);
        if (lines.size() > stack::lines_of_a_shard)
            throw std::runtime_error("more than " + std::to_string(stack::lines_of_a_shard) +
                                     " accounts share port " + std::to_string(account.port) +
                                     ": give some an account.<n>.port of their own");
    }
    return dealt;
}

class SofiaStack : public Stack {
  public:
    SofiaStack(const Accounts& accounts, StackEvents& events, const provider::Services& services)
        : events_(events),
          services_(services) {
        SofiaStack::reconfigure(accounts);
    }

    ~SofiaStack() override {
        for (const auto& [number, shard] : shards_) shard->begin_closing(); // all at once, not one by one
    }

    LegId invite(std::size_t account, const std::string& uri, const std::string& offer) override {
        const std::lock_guard guard(lock_);
        const std::uint64_t number = homes_.at(home_of_.at(account));
        const LegId leg = new_leg(number);
        shards_.at(number)->invite(leg, account, uri, offer);
        return leg;
    }

    void ring(LegId leg) override {
        with_leg(leg, [](Leg& found) { found.ring(); });
    }
    void answer(LegId leg, const std::string& description) override {
        with_leg(leg, [description](Leg& found) { found.answer(description); });
    }
    void refuse(LegId leg, int status) override {
        with_leg(leg, [status](Leg& found) { found.refuse(status); });
    }
    void hang_up(LegId leg) override {
        with_leg(leg, [](Leg& found) { found.hang_up(); });
    }

    void reconfigure(const Accounts& accounts) override {
        const std::lock_guard guard(lock_);
        Deal dealt = deal(accounts);
        std::map<std::size_t, Home> home_of;
        for (const auto& [home, lines] : dealt)
            for (const auto& [place, account] : lines) home_of.emplace(place, home);
        open_missing(dealt); // all that can fail comes first
        home_of_ = std::move(home_of);
        for (auto home = homes_.begin(); home != homes_.end();) {
            const auto node = dealt.extract(home->first);
            const auto shard = shards_.find(home->second);
            if (node) {
                shard->second->set_lines(std::move(node.mapped()));
                ++home;
            } else { // nobody's any more. Its end is not waited for
                shard->second->begin_closing();
                home = homes_.erase(home);
            }
        }
    }

  private:
    using Shards = std::map<std::uint64_t, std::unique_ptr<Shard>>; // by their numbers

    // A leg's number begins with that of its shard.
    static constexpr unsigned leg_bits = 40;
    LegId new_leg(std::uint64_t shard) { return static_cast<LegId>(shard << leg_bits | next_leg_++); }

    void with_leg(LegId leg, std::function<void(Leg&)> action) {
        const std::lock_guard guard(lock_);
        shards_.at(static_cast<std::uint64_t>(leg) >> leg_bits)->with_leg(leg, std::move(action));
    }

    void open_missing(const Deal& dealt) {
        Shards opened;
        std::map<Home, std::uint64_t> homes;
        for (const auto& [home, lines] : dealt) {
            if (homes_.contains(home)) continue;
            const std::uint64_t number = next_shard_++;
            opened.emplace(number,
                           std::make_unique<Shard>(
                               lines, events_, [this, number] { return new_leg(number); }, services_));
            homes.emplace(home, number);
        }
        shards_.merge(opened);
        homes_.merge(homes);
    }

    Library library_;
    StackEvents& events_;
    const provider::Services services_;
    std::atomic<std::uint64_t> next_leg_{1};
    std::mutex lock_;
    std::uint64_t next_shard_ = 0;
    std::map<std::size_t, Home> home_of_; // of each account
    std::map<Home, std::uint64_t> homes_; // of the shards that have accounts
    Shards shards_;                       // those that are closing as well
};

} // namespace

std::unique_ptr<Stack> make_stack(const Accounts& accounts, StackEvents& events,
                                  const provider::Services& services) {
    return std::make_unique<SofiaStack>(accounts, events, services);
}

} // namespace offhook::sip
