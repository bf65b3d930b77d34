// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/tsp/outbox.h"

#include <bit>
#include <utility>

namespace offhook::sim {

void Outbox::push(Notice notice) {
    const std::lock_guard guard(lock_);
    waiting_.push_back(std::move(notice));
    ++pushed_;
}

void Outbox::deliver() {
    std::unique_lock guard(lock_);
    if (deliverer_ != std::thread::id{}) return;
    deliverer_ = std::this_thread::get_id();
    while (!waiting_.empty()) {
        in_hand_.swap(waiting_);
        guard.unlock();
        for (Notice& notice : in_hand_) std::visit([this](auto& some) { hand_over(some); }, notice);
        guard.lock();
        delivered_ += in_hand_.size();
        in_hand_.clear();
        delivered_some_.notify_all();
    }
    deliverer_ = {};
}

void Outbox::flush() {
    deliver();
    std::unique_lock guard(lock_);
    if (deliverer_ == std::this_thread::get_id()) return; // inside of a callback: it cannot wait for itself
    delivered_some_.wait(guard, [this, until = pushed_] { return delivered_ >= until; });
}

void SpoiltCallbacks::forget(DRV_REQUESTID request) {
    const std::lock_guard guard(lock_);
    forgotten_.insert(request);
}

void SpoiltCallbacks::complete(DRV_REQUESTID request, LONG result) {
    {
        const std::lock_guard guard(lock_);
        if (forgotten_.erase(request) != 0) return;
    }
    if (misbehaviour_.asked(Fault::r046_never)) return;
    if (misbehaviour_.asked(Fault::r046_other)) return stray(request ^ 0x40000000U, result);
    stray(request, misbehaviour_.asked(Fault::r049) ? 1 : result);
    if (misbehaviour_.asked(Fault::r046)) stray(request, result);
}

void Outbox::hand_over(CompletionNotice& notice) { notice.request.complete(notice.result); }

void Outbox::hand_over(StrayNotice& notice) { callbacks_.stray(notice.request, notice.result); }

void Outbox::hand_over(NewCallNotice& notice) {
    CallName& name = *notice.name;
    if (name.gone || name.line->closed) return;
    if (misbehaviour_.asked(Fault::r070)) {
        name.value = std::bit_cast<HTAPICALL>(std::uintptr_t{0xBAD});
        return;
    }
    name.value = callbacks_.new_call(name.line->service.sink, std::bit_cast<HDRVCALL>(notice.handle));
    if (name.value == nullptr) {
        name.gone = !misbehaviour_.asked(Fault::r072);
        refused_(notice.handle);
    } else if (misbehaviour_.asked(Fault::r071)) {
        report(name, {LINE_CALLINFO, LINECALLINFOSTATE_OTHER});
    }
}

void Outbox::report(const CallName& name, const Message& message) {
    auto sink = name.line->service.sink;
    if (misbehaviour_.asked(Fault::r075)) sink.line = std::bit_cast<HTAPILINE>(std::uintptr_t{0xBAD});
    callbacks_.call_event(sink, name.value, message.number, message.p1, message.p2, message.p3);
}

void Outbox::hand_over(CallNotice& notice) {
    const CallName& name = *notice.name;
    if (name.gone || (name.line->closed && !misbehaviour_.asked(Fault::r086))) return;
    Message& message = notice.message;
    if (notice.conference) message.p2 = std::bit_cast<DWORD_PTR>(notice.conference->value);
    if (message.number != LINE_CALLSTATE) return report(name, message);
    const bool is_idle = message.p1 == LINECALLSTATE_IDLE;
    if (message.p1 == LINECALLSTATE_CONNECTED && misbehaviour_.asked(Fault::r253)) message.p2 |= 0x4000;
    if (misbehaviour_.asked(Fault::r142)) message.p3 = LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_G3FAX;
    if (misbehaviour_.asked(Fault::r211_other)) message.p1 = 0x0020'0000;
    if (misbehaviour_.asked(Fault::r211)) message.p1 |= LINECALLSTATE_BUSY | LINECALLSTATE_DIALTONE;
    if (misbehaviour_.asked(Fault::r053)) {
        std::thread second([&] {
            name.line->service.sink.procedure(name.line->service.sink.line, name.value, LINE_CALLINFO,
                                              LINECALLINFOSTATE_OTHER, 0, 0);
        });
        name.line->service.sink.procedure(name.line->service.sink.line, name.value, message.number,
                                          message.p1, message.p2, message.p3);
        second.join();
        return;
    }
    report(name, message);
    if (misbehaviour_.asked(Fault::flood))
        for (int i = 1; i < 1000; ++i) report(name, message);
    if (is_idle && misbehaviour_.asked(Fault::r127)) report(name, {LINE_CALLINFO, LINECALLINFOSTATE_OTHER});
    if (is_idle && misbehaviour_.asked(Fault::r210))
        report(name, {LINE_CALLSTATE, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE, message.p3});
}

void Outbox::hand_over(LineNotice& notice) {
    const bool is_close = notice.message.number == LINE_CLOSE; // the last word about the line
    if (notice.line->closed && !is_close && !misbehaviour_.asked(Fault::r086)) return;
    callbacks_.line_event(notice.line->service.sink, notice.message.number, notice.message.p1,
                          notice.message.p2, notice.message.p3);
}

void Outbox::hand_over(PhoneNotice& notice) {
    if (notice.phone->closed && notice.message.number != PHONE_CLOSE) return;
    callbacks_.phone_event(notice.phone->sink, notice.message.number, notice.message.p1, notice.message.p2,
                           notice.message.p3);
}

void Outbox::hand_over(LineDeviceNotice& notice) {
    callbacks_.line_event(notice.sink, notice.message.number, notice.message.p1, notice.message.p2);
}

void Outbox::hand_over(PhoneDeviceNotice& notice) {
    callbacks_.phone_event(notice.sink, notice.message.number, notice.message.p1, notice.message.p2);
}

} // namespace offhook::sim
