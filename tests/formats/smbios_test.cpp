// SPDX-License-Identifier: MIT
#include "smbios.h"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

namespace mars::test
{
namespace
{

using Table = std::vector<std::uint8_t>;

/// A structure whose bytes behind the head are zeros, but for one.
void Add(Table& table, std::uint8_t type, std::uint8_t length, std::uint8_t tag,
    const std::vector<std::string_view>& texts)
{
    const std::size_t begin = table.size();
    table.resize(begin + length);
    table[begin] = type;
    table[begin + 1] = length;
    if (length > 8)
    {
        table[begin + 8] = tag;
    }
    for (const std::string_view text : texts)
    {
        table.insert(table.end(), text.begin(), text.end());
        table.push_back(0);
    }
    table.push_back(0);
    if (texts.empty())
    {
        table.push_back(0);
    }
}

Table Computer(std::uint8_t tag = 3)
{
    Table table;
    Add(table, 0, 24, 0, {"Vendor", "1.0"});
    Add(table, 1, 27, 0, {});
    Add(table, 3, 22, tag,
        {"Microsoft Corporation", "Virtual Machine", " 7783-7084-3265-9085-8269-3286-77 "});
    Add(table, 127, 4, 0, {});
    return table;
}

} // namespace

TEST_CASE("smbios: the chassis' asset tag is found behind other structures, without blanks")
{
    CHECK(FindChassisAssetTag(Computer()) == "7783-7084-3265-9085-8269-3286-77");
    CHECK(FindChassisAssetTag(Computer(1)) == "Microsoft Corporation");
}

TEST_CASE("smbios: a chassis without a tag has an empty one")
{
    CHECK(FindChassisAssetTag(Computer(0)) == "");
    CHECK(FindChassisAssetTag(Computer(9)) == "");
    Table table;
    Add(table, 3, 8, 0, {"x"});
    CHECK(FindChassisAssetTag(table) == "");
}

TEST_CASE("smbios: no chassis, and nothing behind the end of the table")
{
    Table table;
    CHECK_FALSE(FindChassisAssetTag(table));
    Add(table, 0, 24, 0, {"Vendor"});
    Add(table, 127, 4, 0, {});
    Add(table, 3, 22, 1, {"hidden"});
    CHECK_FALSE(FindChassisAssetTag(table));
}

TEST_CASE("smbios: a table that is cut or damaged anywhere is survived")
{
    const Table whole = Computer();
    for (std::size_t size = 0; size < whole.size(); ++size)
    {
        const Table cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        const auto tag = FindChassisAssetTag(cut);
        CHECK((!tag || tag->size() <= 40));
        Table damaged = whole;
        damaged[size] = 0xFF;
        const auto other = FindChassisAssetTag(damaged);
        CHECK((!other || other->size() <= whole.size()));
    }
    Table short_ = whole;
    short_[1] = 3;
    CHECK_FALSE(FindChassisAssetTag(short_));
}

} // namespace mars::test
