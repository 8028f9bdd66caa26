// SPDX-License-Identifier: MIT
#include "storage.h"

#include "error.h"
#include "questions/volumes.h"
#include "wide.h"
#include "wmi.h"

namespace mars
{

namespace
{

/// The letter or folder of a volume, else its own name.
std::string PathOfVolume(const std::string& name)
{
    std::wstring paths(32 * 1024, L'\0');
    DWORD size = 0;
    const BOOL told = GetVolumePathNamesForVolumeNameW(
        Wide(name).c_str(), paths.data(), static_cast<DWORD>(paths.size()), &size);
    const std::string first = told ? Narrow(paths.c_str()) : std::string();
    return first.empty() ? name : first;
}

struct VolumeSpace
{
    std::optional<std::uint64_t> total;
    std::optional<std::uint64_t> free;
};

VolumeSpace SpaceOf(const std::string& name)
{
    ULARGE_INTEGER available{};
    ULARGE_INTEGER total{};
    ULARGE_INTEGER free{};
    if (!GetDiskFreeSpaceExW(Wide(name).c_str(), &available, &total, &free))
    {
        return {};
    }
    return {total.QuadPart, free.QuadPart};
}

ShadowStorage Describe(const WmiRow& row)
{
    constexpr std::uint64_t kNoLimit = ~std::uint64_t(0);
    const std::string volume = VolumeNameIn(row.Text("Volume").value_or(""));
    const std::string storageVolume = VolumeNameIn(row.Text("DiffVolume").value_or(""));
    const VolumeSpace space = SpaceOf(storageVolume);
    ShadowStorage storage;
    storage.volume = PathOfVolume(volume);
    storage.volumeBytes = SpaceOf(volume).total;
    storage.storageVolume = PathOfVolume(storageVolume);
    storage.storageVolumeBytes = space.total;
    storage.storageFreeBytes = space.free;
    storage.limitBytes = row.Number("MaxSpace");
    if (storage.limitBytes == kNoLimit)
    {
        storage.limitBytes.reset();
    }
    storage.usedBytes = row.Number("UsedSpace").value_or(0);
    return storage;
}

} // namespace

std::string VolumeNameIn(std::string_view reference)
{
    constexpr std::string_view kKey = "DeviceID=\"";
    const std::size_t key = reference.find(kKey);
    if (key == std::string_view::npos)
    {
        return {};
    }
    std::string name;
    for (std::size_t i = key + kKey.size(); i < reference.size() && reference[i] != '"'; ++i)
    {
        // In a reference each backslash is written twice.
        i += reference[i] == '\\' && i + 1 < reference.size() ? 1 : 0;
        name += reference[i];
    }
    return name;
}

Answer<NewDiskSetting> AskWindows(const ReadNewDiskPolicy&, const WindowsMachineOptions&, const Wait& wait)
{
    const WmiCall call{kStorageSpace, kStorageSetting, {}, "Get", {}};
    const auto row = ReadWmiResult(call, "StorageSetting", {"NewDiskPolicy"}, wait);
    if (!row)
    {
        return row.HasFailed() ? Answer<NewDiskSetting>(row.Error()) : Absent{};
    }
    const auto number = row->Number("NewDiskPolicy");
    if (!number || *number >= EnumWords<SanPolicy>::Words().size())
    {
        return FailureFrom(code::kInvalidData, kStorageSetting, "NewDiskPolicy");
    }
    return NewDiskSetting{static_cast<SanPolicy>(*number)};
}

Answer<ShadowStorageList> AskWindows(const ListShadowStorage&, const WindowsMachineOptions&, const Wait& wait)
{
    const auto rows = QueryWmi("root\\cimv2", "SELECT * FROM Win32_ShadowStorage",
        {"Volume", "DiffVolume", "MaxSpace", "UsedSpace"}, wait);
    if (!rows)
    {
        return rows.HasFailed() ? rows.Error() : FailureFrom(code::kNotSupported, "Win32_ShadowStorage");
    }
    ShadowStorageList list;
    for (const WmiRow& row : *rows)
    {
        list.storages.push_back(Describe(row));
    }
    return list;
}

} // namespace mars
