// SPDX-License-Identifier: Apache-2.0
#include "provider/system_time.h"

namespace offhook::provider {

SYSTEMTIME system_time(std::chrono::system_clock::time_point point) {
    using namespace std::chrono;
    const auto now = floor<milliseconds>(point);
    const auto day = floor<days>(now);
    const year_month_day date(day);
    const hh_mm_ss time(now - day);
    SYSTEMTIME out{};
    out.wYear = static_cast<WORD>(static_cast<int>(date.year()));
    out.wMonth = static_cast<WORD>(static_cast<unsigned>(date.month()));
    out.wDay = static_cast<WORD>(static_cast<unsigned>(date.day()));
    out.wDayOfWeek = static_cast<WORD>(weekday(day).c_encoding());
    out.wHour = static_cast<WORD>(time.hours().count());
    out.wMinute = static_cast<WORD>(time.minutes().count());
    out.wSecond = static_cast<WORD>(time.seconds().count());
    out.wMilliseconds = static_cast<WORD>(time.subseconds().count());
    return out;
}

} // namespace offhook::provider
