// SPDX-License-Identifier: MIT
#include "token_rights.h"

#include <doctest/doctest.h>

using namespace mars;

namespace
{

const TokenGroup kAdministrators{"S-1-5-32-544", true, false};
const TokenGroup kBackupOperators{"S-1-5-32-551", true, false};
const TokenGroup kUsers{"S-1-5-32-545", true, false};

} // namespace

TEST_CASE("token_rights: an elevated token is an administrator's only with that group")
{
    CHECK(HasAdministratorRights(true, false, {kUsers, kAdministrators}));
    CHECK_FALSE(HasAdministratorRights(true, false, {kUsers, kBackupOperators}));
    CHECK_FALSE(HasAdministratorRights(true, false, {}));
}

TEST_CASE("token_rights: a filtered or unelevated token is none, SYSTEM's always is")
{
    CHECK_FALSE(HasAdministratorRights(false, false, {kAdministrators}));
    CHECK_FALSE(HasAdministratorRights(true, false, {{"S-1-5-32-544", true, true}}));
    CHECK_FALSE(HasAdministratorRights(true, false, {{"S-1-5-32-544", false, false}}));
    CHECK(HasAdministratorRights(false, true, {}));
}

TEST_CASE(
    "token_rights: what the desktop hands over has the same rights unless the person gave this one more")
{
    CHECK(SharesRightsWithDesktop(false, ElevationType::kLimited));
    // The built-in Administrator, or a server without User Account Control.
    CHECK(SharesRightsWithDesktop(false, ElevationType::kDefault));
    CHECK_FALSE(SharesRightsWithDesktop(false, ElevationType::kFull));
    CHECK_FALSE(SharesRightsWithDesktop(false, ElevationType::kUnknown));
    CHECK_FALSE(SharesRightsWithDesktop(true, ElevationType::kDefault));
}
