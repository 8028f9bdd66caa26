// SPDX-License-Identifier: MIT
#include "filter_drivers.h"

#include "error.h"
#include "questions/protection.h"
#include "registry_key.h"
#include "version_text.h"
#include "wide.h"

#include <array>

namespace mars
{

namespace
{

/// Not through the filter manager: that one answers administrators only, and does not know drivers of the old
/// kind.
constexpr const char* kServices = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\";
constexpr std::string_view kFilterGroups = "FSFilter ";

using Block = std::vector<std::max_align_t>;

Block MakeBlock(DWORD bytes)
{
    return Block(bytes / sizeof(std::max_align_t) + 1);
}

DWORD SizeOf(const Block& block)
{
    return static_cast<DWORD>(block.size() * sizeof(std::max_align_t));
}

/// Where a minifilter keeps its altitude; newer ones below "Parameters".
std::string AltitudeOf(const std::string& service)
{
    for (const char* place : {"\\Instances", "\\Parameters\\Instances"})
    {
        const std::string key = kServices + service + place;
        const std::string instance = RegistryText(key, "DefaultInstance").value_or("");
        const std::string altitude =
            instance.empty() ? std::string() : RegistryText(key + "\\" + instance, "Altitude").value_or("");
        if (!altitude.empty())
        {
            return altitude;
        }
    }
    return {};
}

std::wstring WindowsFolder()
{
    std::array<wchar_t, MAX_PATH> folder{};
    const UINT length = GetSystemWindowsDirectoryW(folder.data(), static_cast<UINT>(folder.size()));
    return length < folder.size() ? std::wstring(folder.data(), length) : std::wstring();
}

/// "\SystemRoot\system32\drivers\x.sys", "system32\drivers\x.sys" and "\??\C:\x.sys" as a path.
std::wstring FileOf(const std::wstring& image, const std::string& service)
{
    constexpr std::wstring_view kSystemRoot = L"\\SystemRoot\\";
    constexpr std::wstring_view kDosDevices = L"\\??\\";
    if (image.empty())
    {
        return WindowsFolder() + L"\\System32\\drivers\\" + Wide(service) + L".sys";
    }
    if (StartsWithIgnoreCase(Narrow(image), Narrow(kSystemRoot)))
    {
        return WindowsFolder() + L"\\" + image.substr(kSystemRoot.size());
    }
    if (image.starts_with(kDosDevices))
    {
        return image.substr(kDosDevices.size());
    }
    const bool absolute = image.size() > 1 && image[1] == L':';
    return absolute ? image : WindowsFolder() + L"\\" + image;
}

struct DriverConfig
{
    std::string group;
    std::wstring image;
};

std::optional<DriverConfig> ReadConfig(SC_HANDLE manager, const wchar_t* name)
{
    const UniqueService service(OpenServiceW(manager, name, SERVICE_QUERY_CONFIG));
    DWORD size = 0;
    if (service)
    {
        QueryServiceConfigW(service.Get(), nullptr, 0, &size);
    }
    Block block = MakeBlock(size);
    auto* config = reinterpret_cast<QUERY_SERVICE_CONFIGW*>(block.data());
    if (!service || !QueryServiceConfigW(service.Get(), config, SizeOf(block), &size))
    {
        return std::nullopt;
    }
    const auto text = [](const wchar_t* given) {
        return given == nullptr ? std::wstring() : std::wstring(given);
    };
    return DriverConfig{Narrow(text(config->lpLoadOrderGroup)), text(config->lpBinaryPathName)};
}

/// Nothing: no filter of file systems.
std::optional<FilterDriver> Describe(SC_HANDLE manager, const ENUM_SERVICE_STATUS_PROCESSW& entry)
{
    const auto config = ReadConfig(manager, entry.lpServiceName);
    if (!config)
    {
        return std::nullopt;
    }
    FilterDriver driver;
    driver.service = Narrow(entry.lpServiceName);
    driver.group = config->group;
    driver.altitude = AltitudeOf(driver.service);
    if (!StartsWithIgnoreCase(driver.group, kFilterGroups) && driver.altitude.empty())
    {
        return std::nullopt;
    }
    driver.running = entry.ServiceStatusProcess.dwCurrentState == SERVICE_RUNNING;
    const std::wstring file = FileOf(config->image, driver.service);
    driver.company = ReadVersionText(file, L"CompanyName");
    driver.product = ReadVersionText(file, L"ProductName");
    return driver;
}

/// All entries, however many there are.
Answer<FilterDriverList> ListAll(SC_HANDLE manager, const Wait& wait)
{
    FilterDriverList list;
    Block block = MakeBlock(64 * 1024);
    DWORD resume = 0;
    for (BOOL finished = FALSE; !finished;)
    {
        DWORD missing = 0;
        DWORD count = 0;
        finished = EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_DRIVER, SERVICE_STATE_ALL,
            reinterpret_cast<BYTE*>(block.data()), SizeOf(block), &missing, &count, &resume, nullptr);
        if (!finished && GetLastError() != ERROR_MORE_DATA)
        {
            return LastFailure("EnumServicesStatusEx");
        }
        const auto* entries = reinterpret_cast<const ENUM_SERVICE_STATUS_PROCESSW*>(block.data());
        for (DWORD i = 0; i < count; ++i)
        {
            if (wait.IsOver())
            {
                return wait.WhyOver("list filter drivers");
            }
            if (auto driver = Describe(manager, entries[i]))
            {
                list.drivers.push_back(std::move(*driver));
            }
        }
    }
    return list;
}

} // namespace

Answer<FilterDriverList> AskWindows(const ListFilterDrivers&, const WindowsMachineOptions&, const Wait& wait)
{
    const UniqueService manager(
        OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE));
    if (!manager)
    {
        return LastFailure("OpenSCManager");
    }
    return ListAll(manager.Get(), wait);
}

} // namespace mars
