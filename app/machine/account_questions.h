// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

/// Accounts of this computer and its domain; a part of questions.h.
namespace mars
{

struct AccountSid
{
    std::string sid;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("sid", &AccountSid::sid));
    }
    bool operator==(const AccountSid&) const = default;
};

/// The SID of a user or a group by its name, with or without a domain (LookupAccountName). Windows translates
/// the names of its own accounts, so only SIDs tell which they are. May ask a domain controller. Absent:
/// there is no such account.
struct FindAccountSid
{
    using Value = AccountSid;
    static constexpr std::string_view kName = "find_account_sid";
    std::string account;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("account", &FindAccountSid::account));
    }
};

} // namespace mars
