// SPDX-License-Identifier: MIT
#include "task_accounts.h"

#include <doctest/doctest.h>

namespace mars::test
{
namespace
{

const std::vector<OwnAccount> kGerman{{"S-1-5-18", "NT-AUTORITÄT", "SYSTEM"},
    {"S-1-5-19", "NT-AUTORITÄT", "Lokaler Dienst"}, {"S-1-5-32-544", "VORDEFINIERT", "Administratoren"}};
const std::vector<OwnAccount> kSpanish{{"S-1-5-18", "NT AUTHORITY", "SYSTEM"},
    {"S-1-5-19", "NT AUTHORITY", "SERVICIO LOCAL"}, {"S-1-5-32-544", "BUILTIN", "Administradores"}};

std::string TaskOf(const std::string& members)
{
    return "<Task><Triggers><LogonTrigger><UserId>SYSTEM</UserId></LogonTrigger></Triggers>"
           "<Principals>\r\n  <Principal id=\"Author\">"
        + members + "<RunLevel>HighestAvailable</RunLevel></Principal></Principals></Task>";
}

} // namespace

TEST_CASE("task_accounts: names of Windows' own accounts become SIDs, whatever the language")
{
    for (const char* name : {"NT-AUTORITÄT\\SYSTEM", "nt-autorität\\system", "SYSTEM", " SYSTEM "})
    {
        CHECK(WithSids(TaskOf("<UserId>" + std::string(name) + "</UserId>"), kGerman)
            == TaskOf("<UserId>S-1-5-18</UserId>"));
    }
    CHECK(WithSids(TaskOf("<UserId>NT-AUTORITÄT\\Lokaler Dienst</UserId>"), kGerman)
        == TaskOf("<UserId>S-1-5-19</UserId>"));
    CHECK(WithSids(TaskOf("<GroupId>VORDEFINIERT\\Administratoren</GroupId>"), kGerman)
        == TaskOf("<GroupId>S-1-5-32-544</GroupId>"));
    CHECK(
        WithSids(TaskOf("<UserId>SERVICIO LOCAL</UserId>"), kSpanish) == TaskOf("<UserId>S-1-5-19</UserId>"));
    CHECK(WithSids(TaskOf("<GroupId>Administradores</GroupId>"), kSpanish)
        == TaskOf("<GroupId>S-1-5-32-544</GroupId>"));
}

TEST_CASE("task_accounts: SIDs, other accounts and everything outside the principals stay as they are")
{
    for (const char* members :
        {"<UserId>S-1-5-18</UserId>", "<UserId>CONTOSO\\SYSTEM</UserId>", "<UserId>SYSTEM2</UserId>",
            "<GroupId>VORDEFINIERT\\Benutzer</GroupId>", "<UserId></UserId>", "<UserId>SYSTEM", ""})
    {
        CHECK(WithSids(TaskOf(members), {{"S-1-5-19", "", ""}, kGerman[2]}) == TaskOf(members));
    }
    CHECK(WithSids(TaskOf("<UserId>CONTOSO\\SYSTEM</UserId>"), kGerman)
        == TaskOf("<UserId>CONTOSO\\SYSTEM</UserId>"));
    for (const char* broken : {"", "<Task/>", "<Principals><UserId>SYSTEM</UserId>",
             "</Principals><UserId>SYSTEM</UserId>", "<Principals>"})
    {
        CHECK(WithSids(broken, kGerman) == broken);
    }
}

} // namespace mars::test
