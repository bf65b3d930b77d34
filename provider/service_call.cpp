// SPDX-License-Identifier: Apache-2.0

#include "provider/service_call.h"

#include "provider/system_time.h"
#include "provider/version.h"

namespace offhook::provider {
namespace {

// Modes are younger than the states that have them. 0 says ACTIVE in every version (R149).
DWORD mode_for(DWORD version, DWORD state, DWORD mode) {
    const bool of_1_4 = state == LINECALLSTATE_CONNECTED || state == LINECALLSTATE_OFFERING;
    if (of_1_4 && version < version_1_4) return 0;
    const bool of_2_0 = state == LINECALLSTATE_CONNECTED && mode > LINECONNECTEDMODE_INACTIVE;
    return of_2_0 && version < version_2_0 ? 0 : mode;
}

} // namespace

void ServiceCall::made() {
    if (stage_ != Stage::unknown) return;
    stage_ = Stage::known;
    making_.complete(0);
}

void ServiceCall::fail(LONG error) {
    if (stage_ != Stage::unknown) return;
    stage_ = Stage::closed;
    making_.complete(error);
}

bool ServiceCall::announce(HDRVCALL handle) {
    if (stage_ != Stage::unknown) return false;
    name_ = line_.callbacks->new_call(line_.sink, handle);
    stage_ = name_ == nullptr ? Stage::closed : Stage::known;
    return name_ != nullptr;
}

bool ServiceCall::become(DWORD state, DWORD mode) {
    if (!may_become(state)) return false;
    state_ = state;
    mode_ = mode_for(line_.version, state, mode);
    entered_ = system_time(std::chrono::system_clock::now());
    line_.callbacks->call_event(line_.sink, name_, LINE_CALLSTATE, state, mode_, media_mode);
    return true;
}

void ServiceCall::report(DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
    if (known() && state_ != 0 && !over())
        line_.callbacks->call_event(line_.sink, name_, message, p1, p2, p3);
}

void ServiceCall::close() {
    stage_ = Stage::closed;
    making_ = {}; // which completes it
}

} // namespace offhook::provider
