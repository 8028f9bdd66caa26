// SPDX-License-Identifier: MIT

/// newdev.dll that installs a driver as far as the registry goes; Wine's says TRUE and does nothing.
/// Document: "UpdateDriverForPlugAndPlayDevicesW function (newdev.h)", "INF Version Section", "INF Models
/// Section" and "Registry Keys for Device Instances".

#include "registry_key.h"

#include <setupapi.h>

#include <algorithm>
#include <iterator>

namespace
{

constexpr DWORD kKnownFlags = 0x7;
constexpr DWORD kForce = 0x1;
const std::wstring kDevices = L"System\\CurrentControlSet\\Enum\\ROOT";
const std::wstring kClasses = L"System\\CurrentControlSet\\Control\\Class\\";

BOOL Refuse(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

bool IsSame(const std::wstring& left, const std::wstring& right)
{
    return _wcsicmp(left.c_str(), right.c_str()) == 0;
}

/// An INF file, as far as it says what it installs for which device.
class Inf
{
public:
    explicit Inf(const wchar_t* path) : m_inf(SetupOpenInfFileW(path, nullptr, INF_STYLE_WIN4, nullptr)) {}
    ~Inf()
    {
        if (IsOpen())
            SetupCloseInfFile(m_inf);
    }
    Inf(const Inf&) = delete;
    Inf& operator=(const Inf&) = delete;

    bool IsOpen() const
    {
        return m_inf != INVALID_HANDLE_VALUE;
    }
    std::wstring Version(const wchar_t* name) const
    {
        INFCONTEXT line;
        return SetupFindFirstLineW(m_inf, L"Version", name, &line) ? Field(line, 1) : std::wstring();
    }
    /// The description of the device with this hardware id; empty where the file knows none.
    std::wstring DescriptionOf(const std::wstring& hardwareId) const
    {
        INFCONTEXT maker;
        for (BOOL more = SetupFindFirstLineW(m_inf, L"Manufacturer", nullptr, &maker); more;
             more = SetupFindNextLine(&maker, &maker))
        {
            const std::wstring models =
                Field(maker, 1) + (Field(maker, 2).empty() ? L"" : L"." + Field(maker, 2));
            INFCONTEXT model;
            for (BOOL next = SetupFindFirstLineW(m_inf, models.c_str(), nullptr, &model); next;
                 next = SetupFindNextLine(&model, &model))
            {
                if (IsSame(Field(model, 2), hardwareId))
                    return Field(model, 0);
            }
        }
        return {};
    }

private:
    static std::wstring Field(INFCONTEXT line, DWORD index)
    {
        wchar_t text[512] = L"";
        return SetupGetStringFieldW(&line, index, text, 512, nullptr) ? text : std::wstring();
    }

    HINF m_inf;
};

std::vector<std::wstring> FindDevices(const std::wstring& hardwareId)
{
    std::vector<std::wstring> found;
    for (const std::wstring& device : stand_in::RegistryKey(kDevices).KeyNames())
    {
        for (const std::wstring& instance : stand_in::RegistryKey(kDevices + L"\\" + device).KeyNames())
        {
            const std::wstring path = kDevices + L"\\" + device + L"\\" + instance;
            const auto ids = stand_in::RegistryKey(path).Texts(L"HardwareID");
            if (std::ranges::any_of(ids, [&](const std::wstring& id) { return IsSame(id, hardwareId); }))
                found.push_back(path);
        }
    }
    return found;
}

/// The driver that the device has is this one, and nothing asks for it to be installed again.
bool HasDriver(const std::wstring& device, const std::wstring& infName)
{
    const stand_in::RegistryKey key(device);
    const std::wstring driver = key.Text(L"Driver");
    return !driver.empty() && key.Number(L"ConfigFlags").value_or(0) == 0
        && IsSame(stand_in::RegistryKey(kClasses + driver).Text(L"InfPath"), infName);
}

DWORD Install(
    const std::wstring& device, const Inf& inf, const std::wstring& infName, const std::wstring& description)
{
    const std::wstring classId = inf.Version(L"ClassGuid");
    const std::wstring driver = classId + L"\\0000";
    const stand_in::RegistryKey driverKey(kClasses + driver, KEY_SET_VALUE);
    const stand_in::RegistryKey key(device, KEY_SET_VALUE);
    for (const LSTATUS error : {driverKey.Set(L"InfPath", infName), driverKey.Set(L"DriverDesc", description),
             key.Set(L"Class", inf.Version(L"Class")), key.Set(L"ClassGUID", classId),
             key.Set(L"Driver", driver), key.Set(L"DeviceDesc", description),
             key.Set(L"ConfigFlags", DWORD{0})})
    {
        if (error != ERROR_SUCCESS)
            return static_cast<DWORD>(error);
    }
    return ERROR_SUCCESS;
}

} // namespace

extern "C" BOOL WINAPI UpdateDriverForPlugAndPlayDevicesW(
    HWND, LPCWSTR hardwareId, LPCWSTR infPath, DWORD flags, PBOOL restart)
{
    if ((flags & ~kKnownFlags) != 0)
        return Refuse(ERROR_INVALID_FLAGS);
    const Inf inf(infPath);
    if (!inf.IsOpen())
        return Refuse(ERROR_FILE_NOT_FOUND);
    const std::vector<std::wstring> devices = FindDevices(hardwareId);
    if (devices.empty())
        return Refuse(ERROR_NO_SUCH_DEVINST);
    const std::wstring path = infPath;
    const std::wstring infName = path.substr(path.rfind(L'\\') + 1);
    const std::wstring description = inf.DescriptionOf(hardwareId);
    bool installed = false;
    for (const std::wstring& device : devices)
    {
        if (description.empty() || ((flags & kForce) == 0 && HasDriver(device, infName)))
            continue;
        if (const DWORD error = Install(device, inf, infName, description); error != ERROR_SUCCESS)
            return Refuse(error);
        installed = true;
    }
    if (restart != nullptr)
        *restart = FALSE;
    return installed ? TRUE : Refuse(ERROR_NO_MORE_ITEMS);
}
