// SPDX-License-Identifier: MIT
#include "console_support.h"

#include "given.h"
#include "questions/credentials.h"
#include "questions/events.h"
#include "questions/services.h"
#include "recording.h"
#include "test_support.h"
#include "xml_codec.h"

#include <sstream>

namespace mars::test
{

FakeConsole::FakeConsole(const RecordedMachine& server)
    : machine(std::make_shared<RecordedMachine>(server)),
      changer(std::make_shared<FakeChanger>(machine, fate)), journal(std::make_shared<MemoryFolder>(fate))
{}

std::shared_ptr<const Machine> FakeConsole::LiveMachine()
{
    return windows ? machine : nullptr;
}

std::shared_ptr<MachineChanger> FakeConsole::Changer()
{
    return windows ? changer : nullptr;
}

std::shared_ptr<PrivateFolder> FakeConsole::JournalFolder()
{
    return windows ? journal : nullptr;
}

Answer<std::string> FakeConsole::ReadFile(const std::string& path, std::size_t limit)
{
    const auto found = files.find(path);
    if (found == files.end())
    {
        return Absent{};
    }
    return found->second.size() > limit ? Answer<std::string>(Failure{code::kInvalidData, path})
                                        : found->second;
}

std::vector<std::string> FakeConsole::ListFolder(const std::string& folder)
{
    std::vector<std::string> names;
    for (const auto& [path, bytes] : files)
    {
        const std::string parent(FolderOf(path));
        if ((parent.empty() ? "." : parent + "\\") == folder)
        {
            names.emplace_back(FileNameOf(path));
        }
    }
    return names;
}

Status FakeConsole::WriteFile(const std::string& path, std::string_view bytes)
{
    if (diskFull || path == refusedFile)
    {
        return Failure{112, path};
    }
    files[path] = bytes;
    return Status::Done();
}

nlohmann::ordered_json ConsoleRun::Json() const
{
    auto object = nlohmann::ordered_json::parse(out, nullptr, false);
    REQUIRE_MESSAGE(object.is_object(), out);
    return object;
}

ConsoleRun CallWith(FakeConsole& console, const std::vector<std::string>& arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    ConsoleRun run;
    run.code = RunConsole(arguments, console, out, err);
    run.out = out.str();
    run.err = err.str();
    return run;
}

ConsoleRun Call(FakeConsole& console, const std::string& arguments)
{
    std::vector<std::string> words = Split(arguments, ' ');
    std::erase(words, "");
    return CallWith(console, words);
}

void CheckRefused(const ConsoleRun& run, const std::string& word)
{
    CHECK(run.code == 3);
    CHECK(run.out == "");
    CHECK_MESSAGE(run.err.find(word) != std::string::npos, run.err);
}

void AddRecording(FakeConsole& console, const std::string& name, const RecordedMachine& machine)
{
    RecordingHeader header;
    header.toolVersion = "test";
    header.taken = kNow;
    WriteXml(header.given.append_child("given"), Given{});
    console.files[name] = WriteRecording(header, machine);
}

RecordedMachine ServerWithoutRecentSuccess()
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadEvents{"CloudBackup", {1, 3, 10, 11}}, [](EventList& list) {
        list.events = {{3, kNow - std::chrono::days(20)}};
    });
    return machine;
}

RecordedMachine ServerWithDisabledService()
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, QueryService{"obengine"}, [](ServiceStatus& service) {
        service.state = ServiceState::kStopped;
        service.startType = StartType::kDisabled;
    });
    return machine;
}

RecordedMachine ServerWithExpiringCredentials()
{
    RecordedMachine machine = HealthyServer();
    Edit(machine,
        ReadVaultCredentials{
            "C:\\Users\\maria.lopez\\Downloads\\ContosoVault_Mon Mar 09 2026.VaultCredentials"},
        [](VaultCredentials& credentials) { credentials.notAfter = kNow + std::chrono::hours(20); });
    // While backups succeed nobody needs the file.
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{{{3, kNow - std::chrono::days(20)}}});
    return machine;
}

} // namespace mars::test
