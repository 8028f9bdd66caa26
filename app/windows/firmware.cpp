// SPDX-License-Identifier: MIT
#include "firmware.h"

#include "error.h"
#include "questions/computer.h"
#include "smbios.h"

namespace mars
{

namespace
{

/// 'RSMB', and the head of what it answers with (RawSMBIOSData of the documentation).
constexpr DWORD kRawSmbios = 0x52534D42;
constexpr std::size_t kHeadSize = 8;

} // namespace

Answer<ChassisTag> AskWindows(const ReadChassisTag&, const WindowsMachineOptions&, const Wait&)
{
    const UINT size = GetSystemFirmwareTable(kRawSmbios, 0, nullptr, 0);
    std::vector<std::uint8_t> table(size);
    if (size < kHeadSize || GetSystemFirmwareTable(kRawSmbios, 0, table.data(), size) != size)
    {
        return LastFailure("GetSystemFirmwareTable");
    }
    const auto tag = FindChassisAssetTag(std::span(table).subspan(kHeadSize));
    return tag ? Answer<ChassisTag>(ChassisTag{*tag}) : Absent{};
}

} // namespace mars
