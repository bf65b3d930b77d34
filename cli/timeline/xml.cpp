// SPDX-License-Identifier: Apache-2.0
#include "cli/timeline/xml.h"

#include "cli/output.h"

#include <array>
#include <cstdio>

namespace offhook::cli::timeline {
namespace {

std::string escaped(std::string_view raw) {
    std::string text;
    for (const char c : printable(raw)) {
        switch (c) {
        case '&': text += "&amp;"; break;
        case '<': text += "&lt;"; break;
        case '>': text += "&gt;"; break;
        case '"': text += "&quot;"; break;
        case '\'': text += "&#39;"; break;
        default: text += c;
        }
    }
    // U+FFFE and U+FFFF are no characters of XML.
    for (const char* none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
        for (auto at = text.find(none); at != std::string::npos; at = text.find(none))
            text.replace(at, 3, "?");
    return text;
}

} // namespace

Value::Value(double length) {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%.1f", length);
    text_ = digits.data();
    if (text_.ends_with(".0")) text_.resize(text_.size() - 2);
}

void Xml::begin(std::string_view name, Attributes attributes) {
    text_ += '<';
    text_ += name;
    for (const auto& [key, value] : attributes) {
        text_ += ' ';
        text_ += key;
        text_ += "=\"" + escaped(value.text()) + '"';
    }
}

void Xml::open(std::string_view name, Attributes attributes) {
    begin(name, attributes);
    text_ += ">\n";
}

void Xml::close(std::string_view name) {
    text_ += "</";
    text_ += name;
    text_ += ">\n";
}

void Xml::element(std::string_view name, Attributes attributes) {
    begin(name, attributes);
    text_ += "/>\n";
}

void Xml::element(std::string_view name, Attributes attributes, std::string_view content) {
    begin(name, attributes);
    text_ += '>' + escaped(content) + "</";
    text_ += name;
    text_ += ">\n";
}

void Xml::verbatim(std::string_view name, std::string_view content) {
    begin(name, {});
    text_ += '>';
    text_ += content;
    text_ += "</";
    text_ += name;
    text_ += ">\n";
}

} // namespace offhook::cli::timeline
