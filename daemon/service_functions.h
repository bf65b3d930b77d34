// SPDX-License-Identifier: Apache-2.0
//
// The functions of the service itself (wire/service.h), by a table of what each needs and does.
#pragma once

#include "daemon/clients.h"
#include "daemon/frame_trace.h"
#include "daemon/provider_changes.h"
#include "daemon/provider_list.h"
#include "daemon/trace_watch.h"

namespace offhook::daemon {

struct ServiceFacts {
    std::string version, socket, registry;
    std::string administrators; // the group
};

struct ListPart {
    std::size_t from = 0, limit = 0;
};

class ServiceFunctions {
  public:
    struct Callbacks {
        std::function<core::Snapshot()> snapshot;
        std::function<void()> learn_parties; // answered by parties_learned()
        std::function<const Peer*(core::ApplicationId)> peer;
        std::function<void(core::ProviderId, const std::string& command, const Answer&)> command;
        std::function<void(const ServiceRequest&, const ServiceAnswer&)> answer;
        std::function<void(core::Severity, const std::string&)> log;
    };

    ServiceFunctions(EventLoop&, ServiceFacts, const Providers&, const ProviderList&, ProviderChanges&,
                     TraceWatch&, FrameTrace&, Callbacks);
    void handle(const ServiceRequest&);
    void parties_learned();

  private:
    struct Row;
    using Handler = void (ServiceFunctions::*)(const ServiceRequest&, const nlohmann::json&, const Answer&);
    static const Row* row(std::uint16_t function);
    void check_and_run(const Row&, const ServiceRequest&, const Answer&);

    void status(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void lines(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void calls(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void provider_list(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void provider_install(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void provider_config(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void provider_remove(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void provider_history(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void provider_fields(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void provider_command(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void watch(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void trace(const ServiceRequest&, const nlohmann::json&, const Answer&);
    void dump(const ServiceRequest&, const nlohmann::json&, const Answer&);
    bool is_administrator(const Peer&) const;
    void ask_for_parties();
    void answer_with_parties();
    void answer_dump(const core::Snapshot&, const Answer&);

    EventLoop& loop_;
    ServiceFacts facts_;
    const Providers& providers_;
    const ProviderList& list_;
    ProviderChanges& changes_;
    TraceWatch& trace_;
    FrameTrace& frames_;
    Callbacks callbacks_;
    std::uint64_t started_ = 0;
    struct CallsQuestion {
        ListPart asked;
        Answer answer;
    };
    std::vector<CallsQuestion> calls_questions_; // wait for the parties of the calls
    std::vector<Answer> dump_questions_;
    EventLoop::Timer parties_patience_;
};

// The frame that carries an answer or a trace record.
std::vector<std::byte> service_frame(std::uint16_t function, std::uint32_t correlation, const ServiceAnswer&);

} // namespace offhook::daemon
