// SPDX-License-Identifier: Apache-2.0
#include "host/load.h"

#include <utility>

namespace offhook::host {

Load::Load(const wire::HostHello& hello, Outbox& outbox, Log& log, Ending& ending,
           const OwnThreads& own_threads)
    : hello_(hello),
      outbox_(outbox),
      log_(log),
      ending_(ending),
      own_threads_(own_threads) {
    sessions_.push_back(std::make_unique<Session>(0, hello, outbox, log, ending));
    current_ = sessions_.front().get();
}

void Load::loaded(std::unique_ptr<Library> library, std::string_view error) {
    if (!library) return session().fail(error);
    library_ = std::move(library);
    retention_.emplace(library_->image(), own_threads_);
    begin(session());
}

void Load::begin(Session& session) {
    retention_->before_session();
    if (!session.attach(*library_)) return;
    retention_->attached();
    session.begin();
}

void Load::frame(const wire::Frame& frame, wire::UniqueFd descriptor) {
    if (frame.header.kind == wire::FrameKind::hello) return next_session(frame);
    session().frame(frame, std::move(descriptor));
}

std::string Load::refusal(const wire::HostHello& hello) const {
    if (hello.mode != wire::HostMode::session || hello_.mode != wire::HostMode::session)
        return "a hello in another mode; only sessions follow each other in one load: start another host";
    if (hello.library != hello_.library || hello.provider != hello_.provider || hello.needs != hello_.needs ||
        hello.version != hello_.version)
        return "a hello for another provider, library or needs than " + hello_.library +
               " was loaded with; start another host";
    if (!current_.load()->over())
        return "a hello while a session still runs; another begins when TSPI_providerShutdown has returned";
    if (sessions_.size() == wire::max_sessions_per_load)
        return "a load has at most " + std::to_string(wire::max_sessions_per_load) +
               " sessions; start another host";
    return {};
}

// Frames that come after the hello are for the new session. What takes time is left to a thread that does not
// read, so that somebody still hears the service leave.
void Load::next_session(const wire::Frame& frame) {
    wire::HostHello hello;
    if (!wire::read(frame.payload, hello)) return session().fail("a hello is malformed");
    if (const auto reason = refusal(hello); !reason.empty()) return session().fail(reason);
    ended_ = &session();
    sessions_.push_back(std::make_unique<Session>(sessions_.size(), hello, outbox_, log_, ending_));
    current_ = sessions_.back().get();
    beginning_ = Beginning::due;
}

bool Load::ready() const { return beginning_ == Beginning::due || current_.load()->lanes().ready(); }

std::optional<Load::Work> Load::take() {
    Session& now = session();
    if (beginning_.exchange(Beginning::none) == Beginning::due) return Work{&session(), {}};
    if (auto call = now.lanes().take()) return Work{&now, std::move(call)};
    return std::nullopt;
}

void Load::make(Work work) {
    if (work.call) return work.session->make(std::move(*work.call));
    Session& ended = *ended_.load();
    ended.lanes().close();
    if (!ended.lanes().wait_until_idle(Session::patience_at_end))
        return work.session->fail(
            "a call of the session before has not returned, although TSPI_providerShutdown "
            "has; start another host");
    const auto retained = retention_->after_session();
    outbox_.append({.kind = wire::FrameKind::service, .function = wire::host_retained},
                   Outbox::When::flushed_next, [&](wire::FrameWriter& to) { wire::write(to, retained); });
    begin(*work.session);
}

} // namespace offhook::host
