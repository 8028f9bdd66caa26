// SPDX-License-Identifier: MIT
#include "asking.h"
#include "questions/failed_files.h"
#include "questions/log.h"
#include "registry_key.h"
#include "unix_shell.h"
#include "wide.h"

#include <fstream>

using namespace mars;
using namespace mars::test;

namespace
{

constexpr const char* kLine = "0B5C\t1E40\t03/10\t12:00:00.000\t71\tx.cpp(1)\t[0]\tG\t\tFATAL\t";

std::string PathIn(const ScratchFolder& folder, const std::string& name)
{
    return Narrow(folder.Path()) + "\\" + name;
}

void Write(const std::string& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

} // namespace

TEST_CASE("windows logs: the agent's own, newest lines first")
{
    const std::string install =
        RegistryText("HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup", "InstallPath").value_or("");
    const LogScan scan = Value(ScanAgentLogs{JoinPath(install, "Temp"), {"completed successfully", "FATAL"}});
    CHECK(scan.totals == std::vector<std::uint64_t>{2, 0});
    REQUIRE(scan.matches.size() == 2);
    CHECK(scan.matches[0].time - scan.matches[1].time == std::chrono::hours(24));
    CHECK(scan.newest == scan.matches[0].time);
    CHECK(scan.matches[0].severity == "NORMAL");
}

TEST_CASE("windows logs: no folder and no log are absent")
{
    const ScratchFolder folder;
    CheckAbsent(ScanAgentLogs{"C:\\no such folder", {}});
    Write(PathIn(folder, "other.log"), "x");
    CheckAbsent(ScanAgentLogs{Narrow(folder.Path()), {}});
}

TEST_CASE("windows logs: a log that the agent is writing is read")
{
    const ScratchFolder folder;
    const std::string path = PathIn(folder, "CBEngineCurr.errlog");
    Write(path, std::string(kLine) + "first\r\n");
    const UniqueHandle held(CreateFileW(Wide(path).c_str(), GENERIC_WRITE | DELETE,
        FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING, 0, nullptr));
    REQUIRE(static_cast<bool>(held));
    CHECK(Value(ScanAgentLogs{Narrow(folder.Path()), {"first"}}).totals == std::vector<std::uint64_t>{1});
}

TEST_CASE("windows logs: a large log is read whole, and the older ones too")
{
    const ScratchFolder folder;
    const std::string padding = kLine + std::string(1000, '.') + "\r\n";
    std::string text = std::string(kLine) + "oldest\r\n";
    while (text.size() < 20 * 1024 * 1024)
    {
        text += padding;
    }
    Write(PathIn(folder, "CBEngineCurr.errlog"), text + kLine + "latest\r\n");
    Write(PathIn(folder, "CBEngine0.errlog"), std::string(kLine) + "older file\r\n");
    Shell(folder.Path(), "touch -d '3 days ago' CBEngine0.errlog");
    const LogScan scan = Value(ScanAgentLogs{Narrow(folder.Path()), {"oldest", "latest", "older file"}});
    CHECK(scan.totals == std::vector<std::uint64_t>{1, 1, 1});
    CHECK(scan.IsComplete());
    CHECK(scan.times[1].last.has_value());
}

TEST_CASE("windows logs: a log that somebody holds is missed, and the others are read")
{
    const ScratchFolder folder;
    const std::string path = PathIn(folder, "CBEngineCurr.errlog");
    Write(path, std::string(kLine) + "held\r\n");
    const UniqueHandle held(
        CreateFileW(Wide(path).c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, 0, nullptr));
    REQUIRE(static_cast<bool>(held));
    const ScanAgentLogs question{Narrow(folder.Path()), {"held", "free"}};
    const auto alone = Ask(question);
    REQUIRE(alone.HasFailed());
    CHECK(alone.Error().code == ERROR_SHARING_VIOLATION);

    Write(PathIn(folder, "CBEngine0.errlog"), std::string(kLine) + "free\r\n");
    Shell(folder.Path(), "touch -d '3 days ago' CBEngine0.errlog");
    const LogScan scan = Value(question);
    CHECK(scan.totals == std::vector<std::uint64_t>{0, 1});
    CHECK(scan.missedBecause == ERROR_SHARING_VIOLATION);
    CHECK_FALSE(scan.readSince);
}

TEST_CASE("windows logs: one log under two names is read once")
{
    const ScratchFolder folder;
    Write(PathIn(folder, "CBEngineCurr.errlog"), std::string(kLine) + "once\r\n");
    Shell(folder.Path(), "ln CBEngineCurr.errlog CBEngine0.errlog");
    CHECK(Value(ScanAgentLogs{Narrow(folder.Path()), {"once"}}).totals == std::vector<std::uint64_t>{1});
}

TEST_CASE("windows logs: those of the console, beside the agent's")
{
    const ScratchFolder folder;
    Write(PathIn(folder, "CBEngineCurr.errlog"), std::string(kLine) + "AADSTS700024 of the engine\r\n");
    CheckAbsent(ScanConsoleLogs{Narrow(folder.Path()), {"AADSTS700024"}});
    Write(PathIn(folder, "CBUICurr.errlog"), std::string(kLine) + "AADSTS700024 of the console\r\n");
    Write(PathIn(folder, "CBUI0.errlog"), std::string(kLine) + "AADSTS7000241\r\n");
    const LogScan words = Value(ScanConsoleLogs{Narrow(folder.Path()), {"AADSTS700024"}, true});
    CHECK(words.totals == std::vector<std::uint64_t>{1});
    CHECK(words.matches.front().message == "AADSTS700024 of the console");
    CHECK(Value(ScanConsoleLogs{Narrow(folder.Path()), {"AADSTS700024"}}).totals
        == std::vector<std::uint64_t>{2});
    CHECK(Value(ScanAgentLogs{Narrow(folder.Path()), {"AADSTS700024"}}).totals
        == std::vector<std::uint64_t>{1});
}

TEST_CASE("windows logs: those of an installation, by their names")
{
    const ScratchFolder folder;
    const std::vector<std::string> patterns{"returning 1603"};
    CheckAbsent(ScanInstallLogs{Narrow(folder.Path()), patterns});
    Write(PathIn(folder, "OBMsi.log"), "MSI (s): MainEngineThread is returning 1603\r\n");
    Write(PathIn(folder, "OBInstaller0Curr.errlog"), std::string(kLine) + "returning 16030\r\n");
    Write(PathIn(folder, "OBManagedlog.LOGCurr.errlog"), std::string(kLine) + "returning 1603 again\r\n");
    Write(PathIn(folder, "CBEngineCurr.errlog"), std::string(kLine) + "returning 1603\r\n");
    CHECK(Value(ScanInstallLogs{Narrow(folder.Path()), patterns}).totals == std::vector<std::uint64_t>{2});
}

TEST_CASE("windows logs: UTF-16 shows by its mark")
{
    const ScratchFolder folder;
    std::string bytes;
    for (const char16_t unit : ToUtf16("\uFEFF" + std::string(kLine) + "Größe\r\n"))
    {
        bytes += static_cast<char>(unit & 0xFF);
        bytes += static_cast<char>(unit >> 8);
    }
    Write(PathIn(folder, "CBEngine3.errlog"), bytes);
    const LogScan scan = Value(ScanAgentLogs{Narrow(folder.Path()), {"Größe"}});
    REQUIRE(scan.matches.size() == 1);
    CHECK(scan.matches[0].message == "Größe");
}

TEST_CASE("windows logs: of several lists of skipped files the newest is read")
{
    const ScratchFolder folder;
    CheckAbsent(ReadFailedFiles{Narrow(folder.Path())});
    CheckAbsent(ReadFailedFiles{"C:\\no such folder"});
    Write(PathIn(folder, "LastBackupFailedFiles1_1_1_2026.txt"), "C:\\old 0x80070005\r\n");
    Write(PathIn(folder, "LastBackupFailedFiles2_3_9_2026.txt"),
        "C:\\new 0x80070002\r\nC:\\too 0x80070002\r\n");
    Shell(folder.Path(), "touch -d '3 days ago' LastBackupFailedFiles1_1_1_2026.txt");
    const FailedFiles list = Value(ReadFailedFiles{Narrow(folder.Path())});
    CHECK(list.name == "LastBackupFailedFiles2_3_9_2026.txt");
    CHECK(list.files == 2);
    CHECK_FALSE(list.truncated);
    REQUIRE(list.groups.size() == 1);
    CHECK(list.groups[0].code == 0x80070002);
}

TEST_CASE("windows logs: of a long list of skipped files the first 4 MiB are read")
{
    const ScratchFolder folder;
    std::string text;
    while (text.size() < 5 * 1024 * 1024)
    {
        text += "C:\\" + std::string(1000, 'x') + " 0x80070005\r\n";
    }
    Write(PathIn(folder, "LastBackupFailedFiles.txt"), text);
    const FailedFiles list = Value(ReadFailedFiles{Narrow(folder.Path())});
    CHECK(list.truncated);
    CHECK(list.files > 4000);
    CHECK(list.files < 4200);
}
