// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "connectivity/network.h"
#include "mars_agent.h"
#include "pass.h"
#include "questions/devices.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "scheduling/tasks.h"
#include "scratch.h"

#include <algorithm>
#include <set>

/// What the catalogue says of rows that do not apply, for all of them: which ones, with which reason, and no
/// others.
namespace mars::test
{
namespace
{

using Codes = std::set<std::string>;

std::vector<CheckResult> RunAll(const RecordedMachine& machine)
{
    Given given;
    given.offlineSeeding = true;
    Pass pass(std::make_shared<RecordedMachine>(machine), given, MarsAgent(), std::chrono::hours(1));
    return pass.Run(AllRootCauses());
}

/// The rows that do not apply for this reason.
Codes CodesWith(const std::vector<CheckResult>& results, const char* reason)
{
    Codes codes;
    for (const CheckResult& result : results)
    {
        if (result.outcome.kind == OutcomeKind::kNotApplicable && result.outcome.reason == reason)
        {
            codes.insert(std::string(result.cause->code));
        }
    }
    return codes;
}

Codes CodesWith(const RecordedMachine& machine, const char* reason)
{
    return CodesWith(RunAll(machine), reason);
}

/// Codes of a page from one number to another.
Codes Range(char page, int from, int to)
{
    Codes codes;
    for (int number = from; number <= to; ++number)
    {
        codes.insert(std::string(1, page) + "-" + std::to_string(number));
    }
    return codes;
}

Codes operator+(Codes a, Codes b)
{
    a.merge(b);
    return a;
}

Codes AllCodes()
{
    Codes codes;
    for (const RootCause* cause : AllRootCauses())
    {
        codes.insert(std::string(cause->code));
    }
    return codes;
}

Codes Without(Codes all, const Codes& some)
{
    std::erase_if(all, [&](const std::string& code) { return some.contains(code); });
    return all;
}

void SetScratchValues(RecordedMachine& machine, const std::string& config, const std::string& provider)
{
    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ScratchLocation"}}, RegistryValue::String(config));
    machine.Set(ReadRegistryValue{{kAgentProviderKey, "ScratchLocation"}}, RegistryValue::String(provider));
}

} // namespace

TEST_CASE("prerequisites: without the agent exactly the rows that need it do not apply")
{
    const Codes needNoAgent = Codes{"B-1", "B-6", "B-7", "S-5", "S-7", "J-4", "V-12"} + Range('B', 9, 15)
        + Range('B', 18, 19) + Range('V', 1, 4) + Range('V', 6, 10) + Range('N', 1, 9) + Range('R', 3, 8);
    RecordedMachine machine = OnlineServer();
    mars::test::RemoveAgent(machine);
    CHECK(CodesWith(machine, reason::kAgentMissing) == Without(AllCodes(), needNoAgent));
    machine = OnlineServer();
    machine.Set(ReadRegistryValue{{kAgentSetupKey, "InstallPath"}}, Absent{});
    machine.Set(ListRegistryKey{kAgentSetupKey}, Absent{});
    CHECK(CodesWith(machine, reason::kAgentMissing) == Without(AllCodes(), needNoAgent));
}

TEST_CASE("prerequisites: before it is registered exactly the rows about the registration do not apply")
{
    RecordedMachine machine = OnlineServer();
    for (const char* name : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        machine.Set(ReadRegistryValue{{kAgentConfigKey, name}}, Absent{});
    }
    CHECK(CodesWith(machine, reason::kNotRegistered) == Codes{"V-5", "E-1"} + Range('E', 6, 8));
}

TEST_CASE("prerequisites: without a task exactly the rows about tasks do not apply")
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    const auto results = RunAll(machine);
    CHECK(CodesWith(results, reason::kTaskMissing) == Range('S', 2, 4) + Range('S', 10, 13));
    CHECK(Detect(*FindRootCause("scheduling.task_missing"), machine).IsProblem());
}

TEST_CASE("prerequisites: a disabled task does not silence its disabled trigger")
{
    RecordedMachine machine = OnlineServer();
    EditTask(machine, [](ScheduledTask& task) {
        task.enabled = false;
        task.xml = Replaced(task.xml, "<Enabled>true</Enabled>", "<Enabled>false</Enabled>");
    });
    CheckProblem(Detect(*FindRootCause("scheduling.task_disabled"), machine), Level::kError);
    CheckProblem(Detect(*FindRootCause("scheduling.trigger_disabled"), machine), Level::kError, "disabled");
}

TEST_CASE("prerequisites: on a DPM server the whole page of the schedule does not apply, and nothing else")
{
    RecordedMachine machine = OnlineServer();
    MakeDpmServer(machine);
    CHECK(CodesWith(machine, reason::kManagedByDpm) == Range('S', 1, 14));
}

TEST_CASE("prerequisites: a missing scratch folder is one problem")
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    machine.Set(ReadFileInfo{std::string(kScratch) + "\\" + kKeyFileName}, Absent{});
    CHECK(CodesWith(machine, reason::kScratchFolderMissing) == Codes{"B-4", "E-1", "E-5"});
    CHECK(Detect(*FindRootCause("encryption.scratch_folder_missing"), machine).IsProblem());
}

TEST_CASE("prerequisites: a missing device is one problem")
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ListDevices{"ROOT\\ISCSIPRT"}, DeviceList{});
    CHECK(CodesWith(machine, reason::kDeviceMissing) == Codes{"R-4"});
    CHECK(Detect(*FindRootCause("restore.iscsi_device_missing"), machine).IsProblem());
}

TEST_CASE("prerequisites: without a credentials file exactly the rows about it do not apply")
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{});
    CHECK(CodesWith(machine, reason::kNoCredentialsFile) == Range('V', 1, 5));
}

TEST_CASE("prerequisites: where the two scratch values differ, the others look at the folder with the key")
{
    const std::string other = "E:\\Cache";
    RecordedMachine machine = OnlineServer();
    FileInfo folder;
    folder.name = "Cache";
    folder.attributes = file_attribute::kDirectory;
    machine.Set(ReadFileInfo{other}, folder);
    machine.Set(ReadFileInfo{other + "\\" + kKeyFileName}, Absent{});
    const auto checkAllLookAt = [&](const std::string& wanted) {
        CHECK(Detect(*FindRootCause("encryption.scratch_location_mismatch"), machine).IsProblem());
        for (const char* id :
            {"basics.scratch_space_low", "basics.antivirus_exclusions_missing", "encryption.key_file_missing",
                "encryption.scratch_folder_missing", "encryption.scratch_attributes"})
        {
            CAPTURE(id);
            CHECK(Detect(*FindRootCause(id), machine).Text("scratch_folder") == wanted);
        }
    };
    SetScratchValues(machine, other, kScratch);
    checkAllLookAt(kScratch);
    // No folder holds it: Config's.
    machine.Set(ReadFileInfo{std::string(kScratch) + "\\" + kKeyFileName}, Absent{});
    checkAllLookAt(other);
}

} // namespace mars::test
