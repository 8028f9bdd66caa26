// SPDX-License-Identifier: MIT
#include "whose_turn.h"

#include "knowledge.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

using namespace mars;

namespace
{

Outcome Denied(std::uint32_t code = code::kAccessDenied)
{
    return Outcome::CouldNotCheck({code, "open something"});
}

} // namespace

TEST_CASE("whose turn: a problem is for the repair that there is now, else for who has to act")
{
    const Outcome problem = Outcome::Problem(Level::kError);
    CHECK(WhoseTurn(problem, RepairKind::kOneClick, true, true) == Turn::kRepair);
    CHECK(WhoseTurn(problem, RepairKind::kGuided, false, true) == Turn::kSteps);
    CHECK(WhoseTurn(problem, RepairKind::kGuided, true, true) == Turn::kSomeoneElse);
    CHECK(WhoseTurn(problem, RepairKind::kNone, false, true) == Turn::kSteps);
}

TEST_CASE("whose turn: what is in order is nobody's, unless steps were begun")
{
    CHECK(WhoseTurn(Outcome::Passed(), RepairKind::kNone, true, true) == Turn::kNobody);
    CHECK(WhoseTurn(Outcome::NotApplicable("offline"), RepairKind::kNone, true, true) == Turn::kNobody);
    const Outcome begun =
        Outcome::Passed({{"step_copy", std::string("done")}, {"step_values", std::string("open")}});
    CHECK(WhoseTurn(begun, RepairKind::kNone, false, true) == Turn::kSteps);
}

TEST_CASE(
    "whose turn: what only a person can tell is looked at, before anybody follows steps or sends a text")
{
    CHECK(WhoseTurn(Outcome::Manual(), RepairKind::kGuided, false, true) == Turn::kLook);
    CHECK(WhoseTurn(Outcome::Manual(), RepairKind::kGuided, true, true) == Turn::kLook);
}

TEST_CASE("whose turn: what could not be checked wants rights where they are missing, else time")
{
    CHECK(WhoseTurn(Denied(), RepairKind::kNone, false, false) == Turn::kAdministrator);
    CHECK(WhoseTurn(Denied(), RepairKind::kNone, false, true) == Turn::kCheckAgain);
    CHECK(WhoseTurn(Denied(code::kTimeout), RepairKind::kNone, false, false) == Turn::kCheckAgain);
}

TEST_CASE("whose turn: each has its words in both languages")
{
    for (const std::string_view word : EnumWords<Turn>::Words())
    {
        const std::string id = fmt::format("turn.{}", word);
        REQUIRE(BuiltInKnowledge().HasText(id));
        CHECK(BuiltInKnowledge().Text(id, Language::kEnglish)
            != BuiltInKnowledge().Text(id, Language::kSpanish));
    }
}

TEST_CASE("rights: access denied counts as a Win32 error and as an HRESULT, other codes do not")
{
    for (const std::uint32_t code : {5U, 0x80070005U, 740U, 1314U})
    {
        CHECK(NeedsAdministrator(Denied(code)));
    }
    CHECK_FALSE(NeedsAdministrator(Denied(0x80041005U)));
    CHECK_FALSE(NeedsAdministrator(Denied(code::kTimeout)));
    CHECK_FALSE(NeedsAdministrator(Outcome::Passed()));
}
