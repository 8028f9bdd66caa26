// SPDX-License-Identifier: MIT
#pragma once

#include "console.h"
#include "fake_server.h"
#include "recorded_machine.h"

#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mars::test
{

/// A server in memory with a console on it: what is asked and changed is the recorded machine, the journal
/// and the files are maps.
class FakeConsole : public ConsoleMachine
{
public:
    explicit FakeConsole(const RecordedMachine& server);

    std::shared_ptr<const Machine> LiveMachine() override;
    std::shared_ptr<MachineChanger> Changer() override;
    std::shared_ptr<PrivateFolder> JournalFolder() override;
    bool ShowsProgress() const override
    {
        return showsProgress;
    }
    Language SystemLanguage() const override
    {
        return systemLanguage;
    }
    std::stop_token Stop() const override
    {
        return stop.get_token();
    }
    Answer<std::string> ReadFile(const std::string& path, std::size_t limit) override;
    /// The folder is a part of the names of `files`.
    std::vector<std::string> ListFolder(const std::string& folder) override;
    Status WriteFile(const std::string& path, std::string_view bytes) override;
    std::string AbsolutePath(const std::string& path) override
    {
        return "C:\\here\\" + path;
    }

    std::shared_ptr<RecordedMachine> machine;
    std::shared_ptr<Fate> fate = std::make_shared<Fate>();
    std::shared_ptr<FakeChanger> changer;
    std::shared_ptr<MemoryFolder> journal;
    std::map<std::string, std::string> files;
    /// Like the console on Linux.
    bool windows = true;
    bool diskFull = false;
    /// The only file that cannot be written.
    std::string refusedFile;
    bool showsProgress = false;
    Language systemLanguage = Language::kEnglish;
    std::stop_source stop;
};

struct ConsoleRun
{
    int code = 0;
    std::string out;
    std::string err;

    /// Fails the test when stdout is not one JSON object.
    nlohmann::ordered_json Json() const;
};

/// One call of mars-check; the words are split at blanks, as in `"run --check B-3"`.
ConsoleRun Call(FakeConsole& console, const std::string& arguments);
ConsoleRun CallWith(FakeConsole& console, const std::vector<std::string>& arguments);

/// A wrong call: code 3, nothing on stdout, and a message that names `word`.
void CheckRefused(const ConsoleRun& run, const std::string& word);

/// HealthyServer() with a recording of it as a file, "healthy.xml".
void AddRecording(FakeConsole& console, const std::string& name, const RecordedMachine& machine);

/// B-3 is a problem there: the service is disabled and stopped.
RecordedMachine ServerWithDisabledService();
/// Its last backup succeeded so long ago that this refutes nothing.
RecordedMachine ServerWithoutRecentSuccess();
/// V-1 is a warning there: the credentials file ends in 20 hours.
RecordedMachine ServerWithExpiringCredentials();

} // namespace mars::test
