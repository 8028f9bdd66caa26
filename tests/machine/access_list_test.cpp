// SPDX-License-Identifier: MIT
#include "access_list.h"

#include <doctest/doctest.h>

namespace mars::test
{
namespace
{

constexpr std::uint32_t kGenericAll = 0x10000000;
constexpr std::uint32_t kGenericRead = 0x80000000;
constexpr std::uint32_t kGenericWrite = 0x40000000;

bool MayAdd(const std::vector<AccessEntry>& entries, const std::set<std::string>& sids = {"S-1-5-18"})
{
    return GrantsAccess(entries, sids, kRightToAddFiles);
}

} // namespace

TEST_CASE("access list: what no entry grants is not granted")
{
    CHECK_FALSE(MayAdd({}));
    CHECK_FALSE(MayAdd({{"S-1-5-18", true, 0x1}}));
    CHECK_FALSE(MayAdd({{"S-1-5-32-545", true, 0x2}}));
    CHECK_FALSE(MayAdd({{"S-1-5-18", true, kGenericRead}}));
}

TEST_CASE("access list: specific and generic rights grant, to the account and its groups")
{
    for (const std::uint32_t rights : {0x2U, 0x1F01FFU, kGenericAll, kGenericWrite})
    {
        CHECK(MayAdd({{"S-1-5-18", true, rights}}));
        CHECK(MayAdd({{"S-1-1-0", true, rights}}, SystemSids()));
        CHECK(MayAdd({{"S-1-5-32-545", true, rights}}, EveryUsersSids()));
    }
}

TEST_CASE("access list: the first entry that speaks of a right decides")
{
    CHECK_FALSE(MayAdd({{"S-1-5-18", false, 0x2}, {"S-1-5-18", true, kGenericAll}}));
    CHECK(MayAdd({{"S-1-5-18", true, kGenericAll}, {"S-1-5-18", false, 0x2}}));
    CHECK(MayAdd({{"S-1-5-18", false, 0x1}, {"S-1-5-18", true, kGenericAll}}));
    CHECK(MayAdd({{"S-1-5-32-545", false, 0x2}, {"S-1-5-18", true, 0x2}}));
}

TEST_CASE("access list: several rights may come from several entries")
{
    CHECK(GrantsAccess({{"S-1-5-18", true, 0x2}, {"S-1-5-18", true, 0x4}}, {"S-1-5-18"}, 0x6));
    CHECK_FALSE(GrantsAccess({{"S-1-5-18", true, 0x2}}, {"S-1-5-18"}, 0x6));
}

} // namespace mars::test
