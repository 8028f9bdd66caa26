// SPDX-License-Identifier: MIT
#include "asking.h"
#include "file_time.h"
#include "own_accounts.h"
#include "questions/tasks.h"
#include "task_scheduler.h"

#include <algorithm>

using namespace mars;
using namespace mars::test;

namespace
{

constexpr const char* kFolder = "\\Microsoft\\OnlineBackup";

const ScheduledTask& Named(const TaskList& list, std::string_view name)
{
    const auto found = std::find_if(list.tasks.begin(), list.tasks.end(),
        [&](const auto& task) { return FileNameOf(task.path) == name; });
    REQUIRE(found != list.tasks.end());
    return *found;
}

} // namespace

TEST_CASE("windows tasks: all of the folder, by path, with what the scheduler tells")
{
    const TaskList list = Value(ListTasks{kFolder});
    REQUIRE(list.tasks.size() == 2);
    CHECK(list.tasks[0].path == "\\Microsoft\\OnlineBackup\\Microsoft-OnlineBackup");
    CHECK(list.tasks[1].path == "\\Microsoft\\OnlineBackup\\Microsoft-OnlineBackup-SystemStateBackup");
    const ScheduledTask& task = Named(list, "Microsoft-OnlineBackup");
    CHECK(task.enabled);
    CHECK(task.runningInstances == 0U);
    CHECK(task.lastResult == 0U);
    CHECK(task.missedRuns == 0U);
    REQUIRE(task.lastRun);
    CHECK(*task.lastRun < Now() - std::chrono::hours(7 * 24));
    REQUIRE(task.nextRun);
    CHECK(*task.nextRun > Now());
}

TEST_CASE("windows tasks: the XML is UTF-8 without a declaration")
{
    const TaskList list = Value(ListTasks{kFolder});
    const std::string& xml = Named(list, "Microsoft-OnlineBackup").xml;
    CHECK(xml.starts_with("<Task"));
    CHECK(xml.ends_with("</Task>"));
    CHECK(xml.find("<UserId>S-1-5-18</UserId>") != std::string::npos);
    CHECK(xml.find("MSOnlineBackup") != std::string::npos);
}

TEST_CASE("windows tasks: the names of Windows' own accounts are asked of Windows")
{
    std::string sids;
    for (const OwnAccount& account : OwnAccounts())
    {
        sids += account.sid + " ";
        CHECK(!account.name.empty());
        CHECK(!account.domain.empty());
    }
    CHECK(sids == "S-1-5-18 S-1-5-19 S-1-5-20 S-1-5-32-544 S-1-5-32-545 ");
}

TEST_CASE("windows tasks: no such folder is absent")
{
    CheckAbsent(ListTasks{"\\Microsoft\\No such folder"});
    CheckAbsent(ListTasks{"\\No\\such\\folder"});
}

TEST_CASE("windows tasks: a thread that is in an apartment already stays in it")
{
    REQUIRE(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED) == S_OK);
    CHECK(Value(ListTasks{kFolder}).tasks.size() == 2);
    APTTYPE type{};
    APTTYPEQUALIFIER qualifier{};
    CHECK(CoGetApartmentType(&type, &qualifier) == S_OK);
    CHECK((type == APTTYPE_STA || type == APTTYPE_MAINSTA));
    CoUninitialize();
}

TEST_CASE("windows tasks: no answer once the wait is over")
{
    CheckFailed(ListTasks{kFolder}, code::kTimeout, NoTime());
}
