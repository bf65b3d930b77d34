// SPDX-License-Identifier: Apache-2.0
//
// The stack on sofia-sip: deals the accounts out to shards and takes each leg's requests to its shard.

#include "providers/sip/stack/shard.h"

#include <atomic>
#include <stdexcept>
#include <utility>

namespace offhook::sip {
namespace {

using stack::Leg;
using stack::Lines;
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

// Accounts that share an address and a port share a shard.
struct Deal {
    std::vector<Lines> shards;
    std::vector<std::size_t> shard_of_account;
};

Deal deal(std::span<const Account> accounts) {
    Deal dealt;
    std::map<std::pair<media::Address, std::uint16_t>, std::size_t> places;
    for (std::size_t place = 0; place < accounts.size(); ++place) {
        const Account& account = accounts[place];
        const auto [at, added] = places.try_emplace({account.local, account.port}, dealt.shards.size());
        if (added) dealt.shards.emplace_back();
        Lines& lines = dealt.shards[at->second];
        lines.emplace(place, account);
        dealt.shard_of_account.push_back(at->second);
        if (lines.size() > stack::lines_of_a_shard)
            throw std::runtime_error("more than " + std::to_string(stack::lines_of_a_shard) +
                                     " accounts share port " + std::to_string(account.port) +
                                     ": give some an account.<n>.port of their own");
    }
    return dealt;
}

class SofiaStack : public Stack {
  public:
    SofiaStack(Deal dealt, StackEvents& events, const provider::Services& services)
        : shard_of_account_(std::move(dealt.shard_of_account)),
          shard_count_(dealt.shards.size()) {
        for (std::size_t shard = 0; shard < shard_count_; ++shard)
            shards_.push_back(std::make_unique<Shard>(
                std::move(dealt.shards[shard]), events, [this, shard] { return new_leg(shard); }, services));
    }

    ~SofiaStack() override {
        for (const auto& shard : shards_) shard->begin_closing(); // all at once, not one after the other
    }

    LegId invite(std::size_t account, const std::string& uri, const std::string& offer) override {
        const std::size_t shard = shard_of_account_.at(account);
        const LegId leg = new_leg(shard);
        shards_[shard]->invite(leg, account, uri, offer);
        return leg;
    }

    void ring(LegId leg) override {
        shard_of(leg).with_leg(leg, [](Leg& found) { found.ring(); });
    }
    void answer(LegId leg, const std::string& description) override {
        shard_of(leg).with_leg(leg, [description](Leg& found) { found.answer(description); });
    }
    void refuse(LegId leg, int status) override {
        shard_of(leg).with_leg(leg, [status](Leg& found) { found.refuse(status); });
    }
    void hang_up(LegId leg) override {
        shard_of(leg).with_leg(leg, [](Leg& found) { found.hang_up(); });
    }

  private:
    // The remainder of a leg's number by the number of shards is its shard.
    LegId new_leg(std::size_t shard) { return static_cast<LegId>(next_leg_++ * shard_count_ + shard); }
    Shard& shard_of(LegId leg) { return *shards_[static_cast<std::uint64_t>(leg) % shard_count_]; }

    Library library_;
    const std::vector<std::size_t> shard_of_account_;
    const std::size_t shard_count_;
    std::atomic<std::uint64_t> next_leg_{1};
    std::vector<std::unique_ptr<Shard>> shards_;
};

} // namespace

std::unique_ptr<Stack> make_stack(std::span<const Account> accounts, StackEvents& events,
                                  const provider::Services& services) {
    return std::make_unique<SofiaStack>(deal(accounts), events, services);
}

} // namespace offhook::sip
