// SPDX-License-Identifier: Apache-2.0
//
// Measures things against each other: in turns, many times, and by their medians, so that what else the
// machine does falls on all of them alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace offhook::bench {

struct Subject {
    std::string name;
    std::function<void(std::size_t operations)> run;
    std::size_t operations; // of one turn; about 20 ms are enough
};

struct Timing {
    double nanoseconds = 0; // of one operation: the median of the turns
    double ratio = 1;       // to the first subject in the same turn: the median
};

// wall: what passes while several processes work. processor: what this process uses, alone.
enum class Clock : std::uint8_t { wall, processor };

// In the order of the subjects.
std::vector<Timing> measure_in_turns(Clock clock, const std::vector<Subject>& subjects,
                                     std::size_t turns = 31);

double median(std::vector<double> values);

// Nanoseconds of processor time that a process has used, by its id; 0: this one.
double processor_time(int process);

// One line of the report: what was measured, what was reached, and what the aim is.
void report(const std::string& what, const std::string& reached, const std::string& aim);
void heading(const std::string& text);

std::string number(double value, int digits = 2);

} // namespace offhook::bench
