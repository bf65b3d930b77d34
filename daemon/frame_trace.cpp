// SPDX-License-Identifier: Apache-2.0
#include "daemon/frame_trace.h"

#include "daemon/wall_clock.h"
#include "trace/transfer.h"

namespace offhook::daemon {

namespace {

constexpr std::uint64_t retry_ms = 50;
constexpr std::size_t part_size = 256u << 10; // of an answer, in characters
constexpr std::size_t most_violations = 20;
constexpr std::size_t most_gone = 16'384; // names of what has ended

bool may_see(const std::optional<uid_t>& only_of, const trace::EntryHeader& header) {
    return !only_of || (header.application != 0 && header.user == *only_of);
}

} // namespace

FrameTrace::FrameTrace(EventLoop& loop, std::size_t memory, std::size_t patience, Callbacks callbacks)
    : loop_(loop),
      patience_(patience),
      callbacks_(std::move(callbacks)),
      recorder_(memory) {}

std::uint64_t FrameTrace::time_us() {
    if (time_of_ != loop_.wake_ups()) {
        time_of_ = loop_.wake_ups();
        time_us_ = wall_clock_us();
    }
    return time_us_;
}

void FrameTrace::frame(trace::Boundary boundary, const trace::Peer& peer, const wire::Frame& frame) {
    if (!on()) return;
    recorder_.frame(boundary, peer, time_us(), frame);
    added();
}

void FrameTrace::frames(trace::Boundary boundary, const trace::Peer& peer,
                        std::span<const std::byte> frames) {
    if (!on()) return;
    recorder_.frames(boundary, peer, time_us(), frames);
    added();
}

void FrameTrace::note(const trace::Note& note, const trace::Peer& peer) {
    const auto now = time_us();
    if (note.kind == trace::NoteKind::violation) {
        violations_.push_back(
            {now, std::string(note.provider), std::string(note.text), note.rule, note.line, note.call});
        if (violations_.size() > most_violations) violations_.pop_front();
    }
    if (!on()) return;
    keep_name_in(note, peer, now);
    recorder_.note(note, peer, now);
    added();
}

void FrameTrace::line_goes(std::uint32_t line, std::string name) {
    if (on()) keep_name({Named::line, line, 0, std::move(name), time_us()});
}

void FrameTrace::keep_name(Gone one) {
    const auto& ring = recorder_.ring();
    auto oldest = ring.oldest();
    const auto entry = ring.read(oldest);
    while (!gone_.empty() &&
           (gone_.size() >= most_gone || !entry || gone_.front().time_us < entry->header.time_us))
        gone_.pop_front();
    gone_.push_back(std::move(one));
}

void FrameTrace::keep_name_in(const trace::Note& note, const trace::Peer& peer, std::uint64_t now) {
    if (note.kind == trace::NoteKind::session && (note.what == "ended" || note.what == "lost"))
        keep_name({Named::session, peer.session, 0, std::string(note.provider), now});
    if (note.kind == trace::NoteKind::application && note.what == "gone")
        keep_name({Named::application, peer.application, peer.user, std::string(note.text), now});
}

// Numbers are used again: who is there goes before who is gone.
nlohmann::json FrameTrace::names_for(const Wish& wish, std::uint64_t begins) const {
    const auto may_see = [&](const Gone& one) {
        return !wish.only_of || (one.what == Named::application && one.user == *wish.only_of);
    };
    auto names = callbacks_.names(begins, wish.only_of);
    for (const auto& [what, list] :
         {std::pair(Named::session, "sessions"), std::pair(Named::application, "applications"),
          std::pair(Named::line, "lines")}) {
        auto all = nlohmann::json::array();
        for (const auto& one : gone_)
            if (one.what == what && one.time_us >= begins && may_see(one))
                all.push_back({one.number, one.name});
        auto& there = names[list];
        if (there.is_array()) all.insert(all.end(), there.begin(), there.end());
        there = std::move(all);
    }
    return names;
}

void FrameTrace::added() {
    if (!readers_.empty() && !send_.pending()) send_ = loop_.after(0, [this] { send_entries(); });
}

trace::FrameRing::Cursor FrameTrace::first_since(std::uint64_t time_us) const {
    const auto& ring = recorder_.ring();
    for (auto cursor = ring.oldest();;) {
        const auto before = cursor;
        const auto entry = ring.read(cursor);
        if (!entry || entry->header.time_us >= time_us) return before;
    }
}

void FrameTrace::read(core::ApplicationId application, const Wish& wish) {
    const auto& ring = recorder_.ring();
    const auto next = first_since(wish.since_us);
    auto first = next;
    const auto entry = ring.read(first);
    const auto begins = entry ? entry->header.time_us : wall_clock_us();
    callbacks_.send(application, {{"names", names_for(wish, begins)}});
    readers_[application] = {wish, next, wish.until == Until::now ? ring.end() : UINT64_MAX};
    if (!send_.pending()) send_ = loop_.after(0, [this] { send_entries(); });
}

void FrameTrace::application_gone(core::ApplicationId application) { readers_.erase(application); }

void FrameTrace::send_entries() {
    bool all = true;
    for (auto& [application, reader] : readers_) all = send_to(application, reader) && all;
    std::erase_if(readers_, [](const auto& reader) { return reader.second.finished; });
    if (!all) send_ = loop_.after(retry_ms, [this] { send_entries(); });
}

bool FrameTrace::send_to(core::ApplicationId application, Reader& reader) {
    while (!reader.finished) {
        const auto queued = callbacks_.queued_bytes(application);
        if (!queued) return true;
        if (*queued > patience_) return false;
        const auto part = next_part(reader);
        if (!part.is_null()) callbacks_.send(application, part);
        else if (reader.next.number < reader.end) return true; // there is no more yet
        else reader.finished = true;
    }
    callbacks_.send(application, {{"end", true}});
    return true;
}

// Null: there is nothing.
nlohmann::json FrameTrace::next_part(Reader& reader) const {
    const auto& ring = recorder_.ring();
    const auto lost = reader.next.number < ring.first() ? ring.first() - reader.next.number : 0;
    std::string entries;
    while (entries.size() < part_size && reader.next.number < reader.end) {
        const auto entry = ring.read(reader.next);
        if (!entry) break;
        if (may_see(reader.wish.only_of, entry->header)) trace::append_entry(entries, *entry);
    }
    if (lost == 0 && entries.empty()) return nullptr;
    return {{"lost", lost}, {"entries", std::move(entries)}};
}

} // namespace offhook::daemon
