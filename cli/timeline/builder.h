// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/timeline/model.h"
#include "cli/timeline/record.h"

#include <map>
#include <span>
#include <utility>

namespace offhook::cli::timeline {

// Reads a trace from its first record to its last. What is there already when the trace begins is recognised
// by the first record that names it, and is open at its left end.
class Builder {
  public:
    void take(const Record&);
    Timeline finish() &&;

  private:
    struct Maker {
        std::string function;
        unsigned calls = 0; // that it still owes
    };
    // What is known of a provider while its session runs; handles are void with its end.
    struct Live {
        std::size_t provider = 0;
        Place session;
        std::map<std::uint64_t, std::uint64_t> device_ids; // by the handle of the line or phone
        std::map<std::uint64_t, std::size_t> openings;     // those that are open, by handle
        std::map<std::uint64_t, std::size_t> calls;        // those that there are, by handle
        std::map<std::uint64_t, std::size_t> requests;     // those that are not complete, by their identifier
        std::map<std::size_t, Maker> makers; // by track: what made, or is about to make, a call last
        // What the provider did last: the service notices a broken rule while it looks at this.
        std::string last_what;
        Place last_track, last_call;
    };

    void install_step(Live&, const Record&);
    void session_step(Live&, const Record&);
    void session_ends(Live&, const Record&);
    void function_called(Live&, const Record&);
    void function_returned(Live&, const Record&);
    void request_completed(Live&, const Record&);
    void call_not_made(Live&, const Record&);
    void event(Live&, const Record&);
    void violation(Live&, const Record&, MarkKind);

    Live& live(const std::string& provider);
    std::size_t session_of(Live&);
    std::size_t begin_session(Live&, Edge begins);
    std::size_t open(Live&, const Record&, Edge begins);
    void close(Live&, std::uint64_t handle, Edge ends);
    Place opening_of(Live&, const Record&);
    Place call_of(Live&, const Record&);
    Place begin_call(Live&, const Record&, std::string origin);
    static std::string maker_of_call(Live&, std::size_t track);
    void end_request(Live&, std::map<std::uint64_t, std::size_t>::iterator, std::int64_t result, Edge ends);
    void mark(const Live*, MarkKind, const Record&, Place track, Place call);
    std::size_t track_of(const Live&, std::uint64_t handle, Device);
    Span from_now() const;
    Span since(const Span& container) const;
    void end(Span&, Edge ends) const;

    Timeline timeline_;
    Moment now_;
    std::map<std::string, Live> lives_; // by provider
};

Timeline timeline_of(std::span<const Record>);

} // namespace offhook::cli::timeline
