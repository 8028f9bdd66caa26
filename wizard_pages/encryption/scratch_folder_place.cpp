// SPDX-License-Identifier: MIT
#include "scratch_folder_place.h"

#include "questions/files.h"
#include "questions/volumes.h"

namespace mars::encryption
{
namespace
{

/// Empty: a good drive. The drive is judged first: of a drive that is gone or far no file can be asked.
Answer<std::string> JudgeDrive(const MachineView& machine, const std::string& folder)
{
    if (folder.starts_with("\\\\"))
    {
        return std::string("on_network");
    }
    const auto volume = machine.Ask(ReadVolume{folder});
    if (volume.HasFailed())
    {
        return volume.Error();
    }
    if (volume.IsAbsent() || volume->kind == DriveKind::kMissing)
    {
        return std::string("drive_missing");
    }
    switch (volume->kind)
    {
    case DriveKind::kFixed:
        return std::string();
    case DriveKind::kRemote:
        return std::string("on_network");
    case DriveKind::kRemovable:
    case DriveKind::kOptical:
    case DriveKind::kRamDisk:
        return std::string("not_fixed");
    case DriveKind::kUnknown:
    case DriveKind::kMissing:
        break;
    }
    return Failure{code::kNotSupported, "kind of the drive of " + folder};
}

} // namespace

Answer<std::string> JudgePlace(const MachineView& machine, const std::string& folder)
{
    const auto drive = JudgeDrive(machine, folder);
    if (drive && !drive->empty())
    {
        return drive;
    }
    const auto info = machine.Ask(ReadFileInfo{folder});
    if (info.IsAbsent() || (info && !info->IsDirectory()))
    {
        return std::string("folder_missing");
    }
    if (info.HasFailed())
    {
        return info.Error();
    }
    return drive;
}

} // namespace mars::encryption
