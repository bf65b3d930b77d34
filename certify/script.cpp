// SPDX-License-Identifier: Apache-2.0
#include "certify/script.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <random>
#include <sstream>
#include <stdexcept>

namespace offhook::certify {
namespace {

bool read_number(std::string_view text, std::uint32_t& number) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

bool read_setting(std::string_view word, Script& script) {
    const auto equals = word.find('=');
    std::uint32_t number = 0;
    if (equals == std::string_view::npos || !read_number(word.substr(equals + 1), number)) return false;
    if (word.substr(0, equals) == "base") script.device_base = number;
    else if (word.substr(0, equals) == "credit") script.call_credit = static_cast<std::uint16_t>(number);
    else return false;
    return true;
}

bool read_step(std::string_view word, Step& step) {
    const auto name = word.substr(0, word.find(':'));
    const auto found = std::ranges::find(operations, name, &OperationRow::name);
    if (found == operations.end()) return false;
    step.operation = static_cast<Operation>(found - operations.begin());
    word.remove_prefix(name.size());
    for (auto& choice : step.choices) {
        if (word.empty()) return true;
        word.remove_prefix(1);
        std::uint32_t number = 0;
        if (!read_number(word.substr(0, word.find(':')), number) || number > 0xFFFF) return false;
        choice = static_cast<std::uint16_t>(number);
        word.remove_prefix(std::min(word.size(), word.find(':')));
    }
    return word.empty();
}

struct Scenario {
    const char* name;
    const char* script;
};

// Each shows what its name says; together they come to every rule that a provider can be taken to from here.
constexpr std::array scenario_texts{
    Scenario{"versions",
             "base=100 negotiate:0:0 negotiate:0:1 negotiate:0:2 negotiate:1:3 negotiate_phone:0:0 "
             "negotiate_phone:0:1 "
             "init_again device_caps:0:0 device_caps:0:4 open_line:0:0 open_line:1:4 line_status settle"},
    Scenario{"structures",
             "device_caps:0:4:0 device_caps:0:4:1 device_caps:0:4:2 device_caps:0:4:3 device_caps:0:0:0 "
             "device_caps:0:0:3 "
             "address_caps:0:4:0 address_caps:0:4:1 address_caps:0:4:2 address_caps:0:4:3 address_caps:0:0:0 "
             "phone_caps:0:4:0 phone_caps:0:4:1 phone_caps:0:4:2 phone_caps:0:4:3 phone_caps:0:0:0 "
             "open_line:0:0 open_line:1:4 line_status:0:0 line_status:0:1 line_status:0:3 line_status:1:0 "
             "address_status:0:0 address_status:0:3 "
             "make_call:0:1 settle call_info:0:0 call_info:0:1 call_info:0:2 call_info:0:3 call_status:0:0 "
             "call_status:0:1 call_status:0:3 "
             "call_info:1:0 call_status:1:0 get_id:1:0:0 get_id:1:1:0 get_id:1:0:3"},
    Scenario{"a call",
             "open_line:0:4 open_line:1:4 make_call:0:1 settle call_status call_status:1 answer settle "
             "call_status "
             "call_info call_status:1 app_specific settle drop settle ask_idle ask_idle:1 app_specific:0:1 "
             "app_specific:1:1 settle close_idle close_idle"},
    Scenario{
        "a call at version 1.3",
        "open_line:0:0 open_line:1:0 make_call:0:1 settle answer settle call_status call_info drop settle "
        "ask_idle close_idle close_idle"},
    Scenario{"requests overlap", "open_line:0:4 open_line:1:4 make_call:0:1 answer hold unhold hold "
                                 "call_status unhold settle drop drop settle"},
    Scenario{"closing a call while a request is outstanding",
             "open_line:0:4 open_line:1:4 make_call:0:1 close_call make_call:0:1 settle answer hold "
             "close_call settle"},
    Scenario{"closing a call while another is being made for it",
             "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle setup_transfer close_call:0:1 "
             "settle drop settle close_idle make_call:0:1 settle answer settle setup_conference "
             "close_call:0:1 settle drop settle"},
    Scenario{"closing a line while requests are outstanding",
             "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle forward:0:1 hold close_line:0 "
             "open_line:0:4 make_call:0:1 "
             "close_line:0 settle"},
    Scenario{"a line that is opened while a call waits",
             "open_line:0:4 make_call:0:1 settle open_line:1:4 settle answer settle drop settle"},
    Scenario{
        "no call is wanted",
        "open_line:0:4 open_line:1:4 want_media:1:0 make_call:0:1 settle want_media:1:1 settle drop settle"},
    Scenario{"new calls are refused",
             "credit=0 open_line:0:4 open_line:1:4 make_call:0:1 settle call_status drop settle"},
    Scenario{"hold", "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle hold settle call_status "
                     "unhold settle call_status drop settle"},
    Scenario{
        "transfer",
        "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle answer settle setup_transfer settle "
        "call_status "
        "dial:0:2 settle answer settle complete_transfer settle ask_idle ask_idle:1 close_idle close_idle"},
    Scenario{"a transfer that is given up",
             "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle answer settle setup_transfer "
             "settle dial:0:2 settle drop:2 settle call_status settle"},
    Scenario{"a transfer in one step", "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle "
                                       "setup_transfer:0:1 settle call_status settle"},
    Scenario{"a transfer becomes a conference",
             "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle answer settle setup_transfer "
             "settle dial:0:2 settle answer settle complete_transfer:0:1 settle call_status settle"},
    Scenario{"blind transfer", "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle answer settle "
                               "blind_transfer:0:2 settle ask_idle settle"},
    Scenario{"conference", "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle answer settle "
                           "setup_conference settle "
                           "dial:0:2 settle answer settle add_to_conference settle call_status call_status:1 "
                           "call_status:2 settle drop:1 settle"},
    Scenario{"a conference is dropped",
             "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle answer settle setup_conference "
             "settle "
             "dial:0:2 settle answer settle add_to_conference settle drop:2 settle"},
    Scenario{"a conference without hold",
             "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle answer settle "
             "setup_conference:0:1 settle answer settle call_status settle"},
    Scenario{
        "park",
        "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle park settle ask_idle unpark settle"},
    Scenario{
        "redirect",
        "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle redirect:0:2 settle ask_idle settle"},
    Scenario{
        "forwarding",
        "open_line:0:4 open_line:1:4 line_messages:0:1 forward:0:1 settle address_status forward:0:1 settle"},
    Scenario{"call parameters", "device_caps:0:4 address_caps:0:4 open_line:0:4 open_line:1:4 "
                                "make_call:0:1:0 settle call_info drop settle close_idle "
                                "make_call:0:1:1 settle call_info drop settle close_idle make_call:0:1:2 "
                                "settle call_info drop settle "
                                "make_call:0:1:3 settle drop settle make_call:0:1:4 settle drop settle"},
    Scenario{"numbers that cannot be dialed",
             "open_line:0:4 open_line:1:4 call_modifier:0:1:0 call_modifier:0:1:1 call_modifier:0:1:2 "
             "call_modifier:0:1:3 settle make_call:0:1 settle answer settle setup_transfer settle "
             "dial_modifier:0:1:1 dial_modifier:0:1:0 settle drop settle"},
    Scenario{
        "digits and tones",
        "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle monitor_digits gather gather settle "
        "generate_digits generate_digits settle generate_tone settle drop settle"},
    Scenario{"ringing is reported",
             "open_line:0:4 open_line:1:4 line_messages:1:1 make_call:0:1 settle settle drop settle"},
    Scenario{"extensions", "open_line:0:4 device_specific extension:0:0 device_specific settle extension:0:1 "
                           "extension:0:2 device_specific settle "
                           "open_phone:0:4 phone_specific settle"},
    Scenario{"phones", "open_phone:0:4 phone_messages:0:2 phone_messages:0:0 phone_status phone_read:0:0 "
                       "phone_read:0:1 phone_read:0:2 phone_read:0:3 "
                       "phone_read:0:4 phone_read:0:5 phone_write:0:0 settle phone_write:0:1 settle "
                       "phone_write:0:2 settle phone_write:0:3 settle "
                       "phone_write:0:4 settle phone_write:0:5 settle phone_read:0:0 close_phone settle"},
    Scenario{"closing a phone while a request is outstanding",
             "open_phone:0:4 phone_messages:0:0 phone_write:0:0 phone_write:0:3 phone_write:0:4 close_phone "
             "settle"},
    Scenario{"an application ends",
             "open_line:0:4 open_line:1:4 open_line:2:4 open_phone:0:4 phone_messages:0:0 line_messages:0:1 "
             "make_call:0:1 settle answer settle hold make_call:2:1 forward:0:1 phone_write:0:3 "
             "application_gone:0 open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle call_status "
             "call_status:1 application_gone:0 settle"},
    Scenario{"an application ends within its requests",
             "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 application_gone:1 open_line:0:4 "
             "open_line:1:4 make_call:0:1 settle answer settle application_gone:1 open_line:0:4 settle"},
    Scenario{"one of two applications ends",
             "open_line:0:4 open_line:1:4 line_messages:0:1 extension:0:0 make_call:0:1 settle answer settle "
             "hold application_gone:2 settle make_call:0:1 settle want_media:1:1 line_messages:1:1 "
             "make_call:0:1 settle answer settle application_gone:2 settle"},
    Scenario{"an application ends in a conference",
             "open_line:0:4 open_line:1:4 open_line:2:4 make_call:0:1 settle answer settle setup_conference "
             "settle dial:0:2 settle answer settle add_to_conference application_gone:0 settle open_line:0:4 "
             "open_line:1:4 make_call:0:1 settle answer settle setup_transfer application_gone:1 settle"},
    Scenario{"the configuration changes",
             "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle reconfigure:0 call_status "
             "reconfigure:1 call_status settle drop settle application_gone reconfigure:1 open_line:7:4 "
             "make_call:0:7 settle configure settle next_session open_line:0:4 open_line:1:4 make_call:0:1 "
             "settle drop settle"},
    Scenario{
        "the configuration changes and the session ends for it",
        "open_line:0:4 open_line:1:4 make_call:0:1 settle answer settle reconfigure:2:1 open_line:0:4 "
        "open_line:1:4 make_call:0:1 settle hold configure:1 reconfigure:0:2 open_line:0:4 open_line:1:4 "
        "make_call:0:1 settle drop settle"},
    Scenario{"one session after another",
             "open_line:0:4 open_line:1:4 extension:0:0 make_call:0:1 settle answer settle hold next_session "
             "open_line:0:4 open_line:1:4 call_status make_call:0:1 next_session:1 open_line:0:4 "
             "open_phone:0:4 phone_write:0:3 next_session next_session open_line:1:4 open_line:0:4 "
             "make_call:0:1 settle answer settle drop settle"},
    Scenario{"devices come and go",
             "command:8 open_line:0:4 open_line:1:4 open_line:2:4 open_line:6:4 make_call:3:0 settle answer "
             "settle command:9 settle command:10 settle command:8 next_session open_line:0:4 open_line:1:4 "
             "make_call:0:1 settle"},
    Scenario{"things happen outside",
             "open_line:0:4 open_line:1:4 open_line:2:4 open_phone:0:4 open_phone:1:4 open_phone:2:4 "
             "phone_messages:0:0 phone_messages:1:0 line_messages:0:1 "
             "line_messages:1:1 command:0 settle command:1 settle phone_write:0:0 command:2 settle command:3 "
             "settle command:4 settle command:5 settle "
             "command:6 settle command:7 settle command:8 settle command:9 settle command:10 settle "
             "command:11 settle"},
};

} // namespace

std::optional<Script> parse_script(std::string_view text, std::string& wrong) {
    Script script;
    std::istringstream words{std::string(text)};
    std::string word;
    while (words >> word) {
        Step step;
        if (read_setting(word, script)) continue;
        if (!read_step(word, step)) {
            wrong = word;
            return std::nullopt;
        }
        script.steps.push_back(step);
    }
    return script;
}

std::string to_text(const Script& script) {
    std::string text;
    if (script.device_base != 0) text += "base=" + std::to_string(script.device_base) + ' ';
    if (script.call_credit != Script{}.call_credit)
        text += "credit=" + std::to_string(script.call_credit) + ' ';
    for (const auto& step : script.steps) {
        text += operations[static_cast<std::size_t>(step.operation)].name;
        const auto last =
            std::find_if(step.choices.rbegin(), step.choices.rend(), [](auto choice) { return choice != 0; });
        for (auto choice = step.choices.begin(); choice != last.base(); ++choice)
            text += ':' + std::to_string(*choice);
        text += ' ';
    }
    if (!text.empty()) text.pop_back();
    return text;
}

std::span<const Script> scenarios() {
    static const auto all = [] {
        std::vector<Script> scripts;
        scripts.reserve(scenario_texts.size());
        for (const auto& [name, text] : scenario_texts) {
            std::string wrong;
            auto script = parse_script(text, wrong);
            if (!script) throw std::logic_error(std::string("scenario \"") + name + "\": " + wrong);
            script->name = name;
            scripts.push_back(std::move(*script));
        }
        return scripts;
    }();
    return all;
}

Script random_script(std::uint64_t seed, std::size_t steps, std::size_t sessions) {
    std::mt19937_64 random(seed);
    const auto up_to = [&](std::uint64_t bound) { return static_cast<std::uint32_t>(random() % bound); };
    constexpr auto total =
        std::accumulate(operations.begin(), operations.end(), 0U,
                        [](unsigned sum, const OperationRow& row) { return sum + row.weight; });
    Script script;
    script.name = "seed " + std::to_string(seed);
    script.device_base = up_to(3) * 100;
    script.call_credit = up_to(10) == 0 ? std::uint16_t{0} : Script{}.call_credit;
    for (std::size_t session = 0; session < sessions; ++session) {
        if (session != 0) script.steps.push_back({Operation::next_session, {}});
        script.steps.push_back({Operation::open_line, {0, 4, 0}});
        script.steps.push_back({Operation::open_line, {1, static_cast<std::uint16_t>(up_to(5)), 0}});
        for (std::size_t step = 2; step < steps; ++step) {
            auto chosen = up_to(total);
            std::size_t operation = 0;
            while (chosen >= operations[operation].weight) chosen -= operations[operation++].weight;
            script.steps.push_back(
                {static_cast<Operation>(operation),
                 {static_cast<std::uint16_t>(up_to(12)), static_cast<std::uint16_t>(up_to(8)),
                  static_cast<std::uint16_t>(up_to(8))}});
        }
    }
    return script;
}

} // namespace offhook::certify
