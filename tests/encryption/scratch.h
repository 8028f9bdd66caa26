// SPDX-License-Identifier: MIT
#pragma once

#include "catalogue.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/volumes.h"
#include "test_support.h"

#include <functional>
#include <string>

/// Short ways to break the scratch folder of the healthy server.
namespace mars::test
{

inline const RegistryPath kConfigValue{std::string(kAgentKey) + "\\Config", "ScratchLocation"};
inline const RegistryPath kProviderValue{
    std::string(kAgentKey) + "\\Config\\CloudBackupProvider", "ScratchLocation"};
inline constexpr const char* kOther = "D:\\MARS\\Scratch";
inline constexpr const char* kKeyName = "\\OnlineBackup.KEK";

inline void SetLocations(RecordedMachine& machine, const std::string& config, const std::string& provider)
{
    machine.Set(ReadRegistryValue{kConfigValue}, RegistryValue::String(config));
    machine.Set(ReadRegistryValue{kProviderValue}, RegistryValue::String(provider));
}

inline void SetKeyFile(RecordedMachine& machine, const std::string& folder, const Answer<FileInfo>& answer)
{
    machine.Set(ReadFileInfo{folder + kKeyName}, answer);
}

inline FileInfo KeyFile(int daysOld = 200)
{
    FileInfo file;
    file.name = "OnlineBackup.KEK";
    file.attributes = 0x20;
    file.bytes = 800;
    file.written = kNow - std::chrono::days(daysOld);
    return file;
}

inline FileInfo Folder(std::uint32_t attributes = 0)
{
    FileInfo folder;
    folder.name = "Scratch";
    folder.attributes = file_attribute::kDirectory | attributes;
    folder.written = kNow - std::chrono::days(1);
    return folder;
}

/// D:\MARS\Scratch, a second scratch folder on a second drive, without a key file.
inline void AddOtherFolder(RecordedMachine& machine)
{
    machine.Set(ReadFileInfo{"D:\\MARS"}, Folder());
    machine.Set(ReadFileInfo{kOther}, Folder());
    machine.Set(
        ReadVolume{kOther}, VolumeInfo{"D:\\", DriveKind::kFixed, "NTFS", 1ULL << 40, 1ULL << 39, false});
    SetKeyFile(machine, kOther, Absent{});
}

inline void RemoveAgent(RecordedMachine& machine)
{
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
}

inline void CheckNeedsAgent(const RootCause& cause)
{
    RecordedMachine machine = HealthyServer();
    RemoveAgent(machine);
    CheckNotApplicable(Detect(cause, machine), reason::kAgentMissing);
    machine.Set(
        ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(cause, machine), code::kAccessDenied);
}

} // namespace mars::test
