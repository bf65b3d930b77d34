// SPDX-License-Identifier: Apache-2.0

#include "providers/sim/configuration.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <utility>

namespace offhook::sim {
namespace {

constexpr std::size_t most_extensions = 10'000;
constexpr std::uint64_t longest_delay = 24ULL * 60 * 60 * 1000; // in milliseconds: a day

template <class Value> using Words = std::pair<std::string_view, Value>;

constexpr std::array<Words<Outside>, 7> outside_words{{{"answer", Outside::answer},
                                                       {"ring", Outside::ring},
                                                       {"busy", Outside::busy},
                                                       {"refuse", Outside::refuse},
                                                       {"unreachable", Outside::unreachable},
                                                       {"congestion", Outside::congestion},
                                                       {"special", Outside::special}}};
constexpr std::array<Words<Time>, 2> time_words{{{"real", Time::real}, {"virtual", Time::virtual_}}};
constexpr std::array<Words<DWORD>, 3> answer_words{
    {{"none", LINEANSWERMODE_NONE}, {"hold", LINEANSWERMODE_HOLD}, {"drop", LINEANSWERMODE_DROP}}};

template <class Value, std::size_t size>
std::optional<Value> find(const std::array<Words<Value>, size>& words, std::string_view word) {
    for (const auto& [text, value] : words)
        if (text == word) return value;
    return std::nullopt;
}

template <class Value, std::size_t size> std::string listed(const std::array<Words<Value>, size>& words) {
    std::string text;
    for (const auto& [word, value] : words) text += (text.empty() ? "" : ", ") + std::string(word);
    return text;
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 15 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        std::string_view piece = text.substr(at, end - at);
        while (!piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
        while (!piece.empty() && piece.back() == ' ') piece.remove_suffix(1);
        if (!piece.empty()) pieces.push_back(piece);
        at = end + 1;
    }
    return pieces;
}

class Reader {
  public:
    Reader(const Keys& keys, std::vector<std::string>& problems) : keys_(keys), problems_(problems) {}

    // Hands the value of a key to `take`, which says whether it can be used. `what` tells people what can.
    void value(const std::string& key, const std::string& what,
               const std::function<bool(const std::string&)>& take) {
        const auto found = keys_.find(key);
        if (found != keys_.end() && !take(found->second))
            problems_.push_back(key + " = \"" + found->second + "\": write " + what);
    }

    void delay(const std::string& key, std::chrono::milliseconds& target) {
        value(key, "milliseconds from 0 to " + std::to_string(longest_delay), [&](const std::string& text) {
            const auto given = number(text);
            if (!given || *given > longest_delay) return false;
            target = std::chrono::milliseconds(*given);
            return true;
        });
    }

    void count(const std::string& key, std::size_t least, std::size_t most, std::size_t& target) {
        value(key, "a number from " + std::to_string(least) + " to " + std::to_string(most),
              [&](const std::string& text) {
                  const auto given = number(text);
                  if (!given || *given < least || *given > most) return false;
                  target = *given;
                  return true;
              });
    }

    void numbers(const std::string& key, std::vector<std::string>& target) {
        value(key,
              "numbers and ranges such as 101-110,201, at most " + std::to_string(most_extensions) +
                  ", none twice",
              [&](const std::string& text) {
                  auto given = numbers_of(text, most_extensions);
                  if (given) target = std::move(*given);
                  return given.has_value();
              });
    }

    template <class Value, std::size_t size>
    void word(const std::string& key, const std::array<Words<Value>, size>& words, Value& target) {
        value(key, "one of " + listed(words), [&](const std::string& text) {
            const auto given = find(words, text);
            if (given) target = *given;
            return given.has_value();
        });
    }

  private:
    const Keys& keys_;
    std::vector<std::string>& problems_;
};

constexpr std::array<std::string_view, 13> single_keys{
    "extensions", "trunks",           "outside_prefix", "outside", "time",   "delay.ring", "delay.answer",
    "parks",      "delay.completion", "delay.cycle",    "calls",   "answer", "conference"};
constexpr std::array<std::string_view, 3> key_families{"group.", "name.", "outside."};

bool is_known(std::string_view key) {
    return std::find(single_keys.begin(), single_keys.end(), key) != single_keys.end() ||
           std::any_of(key_families.begin(), key_families.end(),
                       [&](std::string_view family) { return key.starts_with(family); });
}

} // namespace

std::optional<Outside> outside_of(std::string_view word) { return find(outside_words, word); }

std::optional<std::vector<std::string>> numbers_of(std::string_view list, std::size_t most) {
    std::vector<std::string> numbers;
    for (const std::string_view piece : split(list, ',')) {
        const std::size_t dash = piece.find('-');
        const std::string_view first = piece.substr(0, dash);
        const std::string_view last = dash == std::string_view::npos ? first : piece.substr(dash + 1);
        if (!is_number(first) || !is_number(last)) return std::nullopt;
        const std::uint64_t from = number(first).value_or(1), to = number(last).value_or(0);
        if (from > to || to - from >= most || numbers.size() + (to - from) >= most) return std::nullopt;
        for (std::uint64_t value = from; value <= to; ++value) {
            std::string text = std::to_string(value);
            if (text.size() < first.size()) text.insert(0, first.size() - text.size(), '0');
            numbers.push_back(std::move(text));
        }
    }
    auto sorted = numbers;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) return std::nullopt;
    return numbers;
}

Configuration read_configuration(const Keys& keys, std::vector<std::string>& problems) {
    Configuration configuration;
    configuration.extensions = *numbers_of("101-110", most_extensions);
    configuration.parks = *numbers_of("701-709", most_extensions);
    Reader reader(keys, problems);
    reader.numbers("extensions", configuration.extensions);
    reader.numbers("parks", configuration.parks);
    reader.count("trunks", 0, most_extensions, configuration.trunks);
    reader.count("calls", 1, 1000, configuration.calls);
    reader.count("conference", 3, 1000, configuration.conference);
    reader.value("outside_prefix", "digits", [&](const std::string& text) {
        if (is_number(text)) configuration.outside_prefix = text;
        return is_number(text);
    });
    reader.word("time", time_words, configuration.time);
    reader.word("answer", answer_words, configuration.answer_mode);
    reader.word("outside", outside_words, configuration.others);
    reader.delay("delay.ring", configuration.ring_delay);
    reader.delay("delay.answer", configuration.answer_delay);
    reader.delay("delay.completion", configuration.completion_delay);
    reader.delay("delay.cycle", configuration.ring_cycle);
    for (const auto& [key, text] : keys) {
        if (key.starts_with("name.")) configuration.names.emplace(key.substr(5), text);
        if (key.starts_with("outside."))
            reader.word(key, outside_words, configuration.subscribers[key.substr(8)]);
        if (key.starts_with("group.")) {
            std::vector<std::string> members;
            reader.numbers(key, members);
            for (const auto& member : members) configuration.groups[member] = key.substr(6);
        }
        if (!is_known(key))
            problems.push_back(key + ": there is no such key; README.md of this provider lists them");
    }
    return configuration;
}

} // namespace offhook::sim
