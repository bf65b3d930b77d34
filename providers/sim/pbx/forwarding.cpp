// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/pbx/forwarding.h"

#include <algorithm>
#include <array>

namespace offhook::sim {
namespace {

enum class Callers : std::uint8_t { all, internal, external, one };

struct ModeRow {
    DWORD mode = 0;
    bool always = false, busy = false, no_answer = false;
    Callers callers = Callers::all;
};

constexpr std::array<ModeRow, 16> modes{{
    {LINEFORWARDMODE_UNCOND, true, false, false, Callers::all},
    {LINEFORWARDMODE_UNCONDINTERNAL, true, false, false, Callers::internal},
    {LINEFORWARDMODE_UNCONDEXTERNAL, true, false, false, Callers::external},
    {LINEFORWARDMODE_UNCONDSPECIFIC, true, false, false, Callers::one},
    {LINEFORWARDMODE_BUSY, false, true, false, Callers::all},
    {LINEFORWARDMODE_BUSYINTERNAL, false, true, false, Callers::internal},
    {LINEFORWARDMODE_BUSYEXTERNAL, false, true, false, Callers::external},
    {LINEFORWARDMODE_BUSYSPECIFIC, false, true, false, Callers::one},
    {LINEFORWARDMODE_NOANSW, false, false, true, Callers::all},
    {LINEFORWARDMODE_NOANSWINTERNAL, false, false, true, Callers::internal},
    {LINEFORWARDMODE_NOANSWEXTERNAL, false, false, true, Callers::external},
    {LINEFORWARDMODE_NOANSWSPECIFIC, false, false, true, Callers::one},
    {LINEFORWARDMODE_BUSYNA, false, true, true, Callers::all},
    {LINEFORWARDMODE_BUSYNAINTERNAL, false, true, true, Callers::internal},
    {LINEFORWARDMODE_BUSYNAEXTERNAL, false, true, true, Callers::external},
    {LINEFORWARDMODE_BUSYNASPECIFIC, false, true, true, Callers::one},
}};

const ModeRow* row_of(DWORD mode) {
    const auto found =
        std::find_if(modes.begin(), modes.end(), [&](const ModeRow& row) { return row.mode == mode; });
    return found == modes.end() ? nullptr : &*found;
}

bool is_for(const ModeRow& row, Condition condition) {
    switch (condition) {
    case Condition::always: return row.always;
    case Condition::busy: return row.busy;
    case Condition::no_answer: return row.no_answer;
    }
    return false;
}

bool is_about(const ModeRow& row, const Forward& entry, const std::string& caller, DWORD origin) {
    switch (row.callers) {
    case Callers::all: return true;
    case Callers::internal: return origin == LINECALLORIGIN_INTERNAL;
    case Callers::external: return origin == LINECALLORIGIN_EXTERNAL;
    case Callers::one: return entry.caller == caller;
    }
    return false;
}

} // namespace

const Forward* Forwarding::find(Condition condition, const std::string& caller, DWORD caller_origin) const {
    for (const Forward& entry : entries) {
        const ModeRow* row = row_of(entry.mode);
        if (row != nullptr && is_for(*row, condition) && is_about(*row, entry, caller, caller_origin))
            return &entry;
    }
    return nullptr;
}

bool Forwarding::covers(Condition condition) const {
    return std::any_of(entries.begin(), entries.end(), [&](const Forward& entry) {
        const ModeRow* row = row_of(entry.mode);
        return row != nullptr && is_for(*row, condition);
    });
}

bool is_forward_mode(DWORD mode) { return row_of(mode) != nullptr; }

DWORD all_forward_modes() {
    DWORD all = 0;
    for (const ModeRow& row : modes) all |= row.mode;
    return all;
}

bool is_about_one_caller(DWORD mode) {
    const ModeRow* row = row_of(mode);
    return row != nullptr && row->callers == Callers::one;
}

DWORD reason_of(Condition condition) {
    switch (condition) {
    case Condition::always: return LINECALLREASON_FWDUNCOND;
    case Condition::busy: return LINECALLREASON_FWDBUSY;
    case Condition::no_answer: return LINECALLREASON_FWDNOANSWER;
    }
    return LINECALLREASON_UNKNOWN;
}

} // namespace offhook::sim
