// SPDX-License-Identifier: MIT
#include "print_json.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace mars::test
{

TEST_CASE("json: what steers a terminal or is not seen is escaped, and the value stays what it was")
{
    const nlohmann::ordered_json value{{"text",
        "exe.\xE2\x80\xAEgpj \xC2\x9B \xE2\x80\xA8 \x1B \xE2\x80\x8B \xF3\xA0\x81\x81 se\xC3\xB1or "
        "\xE2\x82\xAC"}};
    const std::string text = PrintJson(value);
    CHECK(text
        == "{\n  \"text\": \"exe.\\u202egpj \\u009b \\u2028 \\u001b \\u200b \\udb40\\udc41 se\xC3\xB1or "
           "\xE2\x82\xAC\"\n}\n");
    CHECK(nlohmann::ordered_json::parse(text) == value);
}

} // namespace mars::test
