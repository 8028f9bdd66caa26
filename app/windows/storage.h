// SPDX-License-Identifier: MIT
#pragma once

#include "questions/volumes.h"
#include "windows_machine.h"

namespace mars
{

Answer<NewDiskSetting> AskWindows(
    const ReadNewDiskPolicy& question, const WindowsMachineOptions& options, const Wait& wait);
Answer<ShadowStorageList> AskWindows(
    const ListShadowStorage& question, const WindowsMachineOptions& options, const Wait& wait);

/// "\\?\Volume{...}\" in a reference to a Win32_Volume; empty where it names none.
std::string VolumeNameIn(std::string_view reference);

/// The namespace and class of the storage settings.
inline constexpr const char* kStorageSpace = "root\\Microsoft\\Windows\\Storage";
inline constexpr const char* kStorageSetting = "MSFT_StorageSetting";

} // namespace mars
