// SPDX-License-Identifier: Apache-2.0
#include "cli/call_options.h"
#include "cli/commands.h"
#include "cli/conversation.h"
#include "cli/waiter.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>

namespace offhook::cli {
namespace {

struct AnswerOptions {
    std::string line;
    bool once = false;
    CallOptions call;
};

// Answers one call at a time; a call that comes meanwhile rings until it is its turn.
class Answering {
  public:
    Answering(const Application& application, const AnswerOptions& options, Format format)
        : options_(options),
          device_(application.line(options.line)),
          report_(format),
          line_(application, device_, LINECALLPRIVILEGE_OWNER) {}

    void message(const LINEMESSAGE& message) {
        refuse_closed_line(message, line_.handle(), device_.name);
        if (message.dwMessageID == LINE_CALLSTATE)
            state_changed(message.hDevice, static_cast<DWORD>(message.dwParam1));
        if (current_) current_->message(message);
    }

    void proceed() {
        if (current_) current_->carry();
        if (current_ && current_->over()) {
            report_.event("ended",
                          {{"connected", current_->was_connected()}, {"reason", current_->reason()}});
            last_connected_ = current_->was_connected();
            ++answered_;
            current_.reset();
        }
        if (!current_ && !ringing_.empty() && !finished()) answer_next();
    }

    void stop() {
        stopping_ = true;
        if (current_) current_->hang_up();
    }

    bool finished() const { return !current_ && (stopping_ || (options_.once && answered_ > 0)); }
    bool last_connected() const { return last_connected_; }
    int audio_descriptor() const { return current_ ? current_->audio_descriptor() : -1; }
    std::optional<Clock::time_point> next_time() const {
        return current_ ? current_->next_time() : std::nullopt;
    }
    void waiting() const { report_.event("waiting for a call", {{"line", device_.name}}); }

  private:
    void state_changed(HCALL call, DWORD state) {
        if (current_ && current_->call() == call) return;
        const auto known = std::ranges::find(ringing_, call);
        if (state == LINECALLSTATE_OFFERING && known == ringing_.end()) {
            offered(call);
        } else if (state == LINECALLSTATE_IDLE && known != ringing_.end()) { // it gave up before its turn
            ringing_.erase(known);
            lineDeallocateCall(call);
        }
    }

    void offered(HCALL call) {
        const Sized<LINECALLINFO> info("cannot read who calls",
                                       [&](LINECALLINFO* room) { return lineGetCallInfoA(call, room); });
        report_.event("offering",
                      {{"from", info.text(info->dwCallerIDSize, info->dwCallerIDOffset)},
                       {"name", info.text(info->dwCallerIDNameSize, info->dwCallerIDNameOffset)}});
        ringing_.push_back(call);
    }

    void answer_next() {
        const HCALL call = ringing_.front();
        ringing_.pop_front();
        current_.emplace(options_.call.audio, options_.call.hangup_after, report_);
        try {
            current_->answer(call);
        } catch (const Problem& problem) { // the caller gave up just now
            report_.event("not answered", {{"error", problem.what()}});
            current_->hang_up();
        }
    }

    const AnswerOptions& options_;
    LineDevice device_;
    CallReport report_;
    Line line_;
    std::deque<HCALL> ringing_;
    std::optional<Conversation> current_; // after line_: it ends before the line is closed
    unsigned answered_ = 0;
    bool last_connected_ = false;
    bool stopping_ = false;
};

Exit answer(const AnswerOptions& options, Format format) {
    static_cast<void>(AudioEnds(options.call.audio)); // a wrong file name is found before somebody calls
    Waiter waiter;
    Application application;
    Answering answering(application, options, format);
    answering.waiting();
    while (!answering.finished()) {
        const auto woken =
            waiter.wait({application.descriptor(), answering.audio_descriptor()}, answering.next_time());
        if (woken == Woken::interrupted) answering.stop();
        while (const auto message = application.next_message()) answering.message(*message);
        answering.proceed();
    }
    return options.once && !answering.last_connected() ? Exit::not_connected : Exit::done;
}

} // namespace

void add_answer_command(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("answer", "Wait for calls and answer them, one at a time; Ctrl-C ends it");
    auto options = std::make_shared<AnswerOptions>();
    command->add_option("line", options->line, "The line's name, address or number, from 'offhook lines'")
        ->required()
        ->type_name("LINE");
    command->add_flag("--once", options->once, "End after the first call");
    add_call_options(*command, options->call);
    command->callback([options, &context] {
        context.run = [options, &context] { return answer(*options, context.format); };
    });
}

} // namespace offhook::cli
