// SPDX-License-Identifier: Apache-2.0
#include "tests/certify/target.h"

#include "tests/support/port.h"

#include <algorithm>

namespace offhook::certify {

Target simulation() {
    Target target;
    target.host_program = OFFHOOK_HOST;
    target.library = SIM_TSP;
    target.configuration = {{"extensions", "101-106"}, {"delay.cycle", "60"}};
    // What is taken over while a session runs, and what no session takes over.
    target.changes = {{{"extensions", "101-107"}, {"delay.cycle", "60"}},
                      {{"extensions", "101-105"}, {"delay.cycle", "50"}}};
    target.during = {"ring 101 from +49301234 Berlin",
                     "press 101 5",
                     "lift 101",
                     "hangup 101",
                     "press 101 11",
                     "press 101 1",
                     "unplug 102",
                     "plug 102",
                     "add 111",
                     "remove 111",
                     "remove 103",
                     "break 102"};
    target.patience = std::chrono::milliseconds(2000);
    target.settle = std::chrono::milliseconds(15);
    return target;
}

Target slow_simulation() {
    auto target = simulation();
    const auto slow = [](Configuration& configuration) {
        configuration["delay.completion"] = "25";
        configuration["delay.ring"] = "10";
    };
    slow(target.configuration);
    std::ranges::for_each(target.changes, slow);
    return target;
}

Target sip() {
    auto target = simulation();
    target.library = SIP_TSP;
    target.needs = "network";
    target.during.clear();
    const auto first = std::to_string(testing::free_port()), second = std::to_string(testing::free_port());
    target.configuration = {{"bind", "127.0.0.1"},
                            {"account.1.user", "alice"},
                            {"account.1.port", first},
                            {"account.1.peer", "127.0.0.1:" + second},
                            {"account.2.user", "bob"},
                            {"account.2.port", second},
                            {"account.2.peer", "127.0.0.1:" + first}};
    target.changes = {target.configuration};
    target.changes[0]["account.2.user"] = "bert";
    target.patience = std::chrono::milliseconds(8000);
    target.settle = std::chrono::milliseconds(40);
    return target;
}

} // namespace offhook::certify
