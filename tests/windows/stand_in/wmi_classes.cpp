// SPDX-License-Identifier: MIT
#include "wmi_classes.h"

#include "registry_key.h"
#include "service_state.h"

#include <algorithm>

namespace stand_in
{

Value::Value(const std::vector<std::wstring>& texts) : Value()
{
    if (texts.empty())
        return;
    SAFEARRAY* const array = SafeArrayCreateVector(VT_BSTR, 0, static_cast<ULONG>(texts.size()));
    for (LONG i = 0; i < static_cast<LONG>(texts.size()); ++i)
    {
        BSTR text = SysAllocString(texts[static_cast<std::size_t>(i)].c_str());
        SafeArrayPutElement(array, &i, text);
        SysFreeString(text);
    }
    m_value.vt = VT_ARRAY | VT_BSTR;
    m_value.parray = array;
}

std::vector<std::wstring> Value::Texts() const
{
    std::vector<std::wstring> texts;
    LONG last = -1;
    if (m_value.vt == (VT_ARRAY | VT_BSTR))
        SafeArrayGetUBound(m_value.parray, 1, &last);
    for (LONG i = 0; i <= last; ++i)
    {
        BSTR text = nullptr;
        SafeArrayGetElement(m_value.parray, &i, &text);
        texts.emplace_back(text, SysStringLen(text));
        SysFreeString(text);
    }
    return texts;
}

namespace
{

constexpr CIMTYPE kTexts = CIM_STRING | CIM_FLAG_ARRAY;

// ---- Microsoft Defender. "MSFT_MpPreference class", "MSFT_MpComputerStatus class" (Windows Defender WMIv2
// APIs) and "Get-MpComputerStatus" for AMRunningMode. Defender keeps its exclusions as the names of values
// below this key.

const std::wstring kDefender = L"Software\\Microsoft\\Windows Defender";
constexpr const wchar_t* kDefenderSpace = L"root\\Microsoft\\Windows\\Defender";

const std::map<std::wstring, std::wstring> kExclusionKeys{{L"ExclusionPath", L"Paths"},
    {L"ExclusionProcess", L"Processes"}, {L"ExclusionExtension", L"Extensions"}};

std::wstring ExclusionKey(const std::wstring& list)
{
    return kDefender + L"\\Exclusions\\" + kExclusionKeys.at(list);
}

DWORD AddExclusions(const Values& taken)
{
    for (const auto& [list, values] : taken)
    {
        const RegistryKey key(ExclusionKey(list), KEY_SET_VALUE);
        for (const std::wstring& value : values.Texts())
        {
            if (const LSTATUS error = key.Set(value.c_str(), DWORD{0}); error != ERROR_SUCCESS)
                return static_cast<DWORD>(HRESULT_FROM_WIN32(error));
        }
    }
    return 0;
}

DWORD RemoveExclusions(const Values& taken)
{
    for (const auto& [list, values] : taken)
    {
        const RegistryKey key(ExclusionKey(list), KEY_SET_VALUE);
        for (const std::wstring& value : values.Texts())
            key.Delete(value.c_str());
    }
    return 0;
}

DWORD SetExclusions(const Values& taken)
{
    for (const auto& [list, values] : taken)
    {
        const RegistryKey key(ExclusionKey(list), KEY_ALL_ACCESS);
        for (const std::wstring& old : key.ValueNames())
            key.Delete(old.c_str());
    }
    return AddExclusions(taken);
}

std::vector<Values> Preferences()
{
    Values preference;
    for (const auto& [list, name] : kExclusionKeys)
        preference[list] = Value(RegistryKey(ExclusionKey(list)).ValueNames());
    return {preference};
}

std::vector<Values> ComputerStatus()
{
    const bool passive = RegistryKey(kDefender).Number(L"PassiveMode").value_or(0) != 0;
    const bool unwatched = RegistryKey(kDefender + L"\\Real-Time Protection")
                               .Number(L"DisableRealtimeMonitoring")
                               .value_or(passive ? 1 : 0)
        != 0;
    const bool running = IsRunning(L"WinDefend");
    return {{{L"AMRunningMode",
                 Value(std::wstring(!running ? L"Not running"
                         : passive           ? L"Passive Mode"
                                             : L"Normal"))},
        {L"AMServiceEnabled", Value(running)}, {L"AntivirusEnabled", Value(running)},
        {L"RealTimeProtectionEnabled", Value(running && !unwatched)}}};
}

// ---- Storage. "MSFT_StorageSetting class" and its Get and Set methods (Windows Storage Management API). The
// policy is a value of the partition manager; where nobody set it, every edition since Server 2016 has
// OfflineShared
// ("VDS_SAN_POLICY enumeration").

const std::wstring kPartitionManager = L"System\\CurrentControlSet\\Services\\partmgr\\Parameters";
constexpr LONG kFirstPolicy = 1;
constexpr LONG kOfflineShared = 2;
constexpr LONG kLastPolicy = 4;
constexpr DWORD kInvalidParameter = 5;

std::vector<Values> StorageSettings()
{
    const auto policy = RegistryKey(kPartitionManager).Number(L"SanPolicy");
    return {{{L"NewDiskPolicy", Value(policy ? static_cast<LONG>(*policy) : kOfflineShared)},
        {L"ScrubPolicy", Value(1L)}}};
}

DWORD SetStorage(const Values& taken)
{
    const auto policy = taken.find(L"NewDiskPolicy");
    if (policy == taken.end())
        return 0;
    const LONG number = policy->second.Get().lVal;
    if (number < kFirstPolicy || number > kLastPolicy)
        return kInvalidParameter;
    return static_cast<DWORD>(
        RegistryKey(kPartitionManager, KEY_SET_VALUE).Set(L"SanPolicy", static_cast<DWORD>(number)));
}

DWORD Nothing(const Values&)
{
    return 0;
}

// ---- Shadow copies. "Win32_ShadowStorage class". Windows keeps them on the volume itself, a test below
// Stand-in\ShadowStorage: Volume and DiffVolume as "C:\", the numbers as texts.

std::wstring VolumeReference(const std::wstring& path)
{
    wchar_t name[MAX_PATH] = L"";
    GetVolumeNameForVolumeMountPointW(path.c_str(), name, MAX_PATH);
    std::wstring escaped;
    for (const wchar_t* c = name; *c != L'\0'; ++c)
        escaped += *c == L'\\' ? std::wstring(L"\\\\") : std::wstring(1, *c);
    return L"Win32_Volume.DeviceID=\"" + escaped + L"\"";
}

std::vector<Values> ShadowStorages()
{
    const std::wstring list = kOwnKey + L"\\ShadowStorage";
    std::vector<Values> storages;
    for (const std::wstring& name : RegistryKey(list).KeyNames())
    {
        const RegistryKey key(list + L"\\" + name);
        Values storage;
        for (const wchar_t* volume : {L"Volume", L"DiffVolume"})
            storage[volume] = Value(VolumeReference(key.Text(volume)));
        for (const wchar_t* size : {L"AllocatedSpace", L"MaxSpace", L"UsedSpace"})
            storage[size] = Value(key.Text(size));
        storages.push_back(std::move(storage));
    }
    return storages;
}

const std::vector<Member> kExclusions{
    {L"ExclusionExtension", kTexts}, {L"ExclusionPath", kTexts}, {L"ExclusionProcess", kTexts}};

const std::vector<Class>& Classes()
{
    static const std::vector<Class> classes{
        {kDefenderSpace, L"MSFT_MpPreference", kExclusions,
            {{L"Add", kExclusions, {}, AddExclusions}, {L"Remove", kExclusions, {}, RemoveExclusions},
                {L"Set", kExclusions, {}, SetExclusions}},
            Preferences},
        {kDefenderSpace, L"MSFT_MpComputerStatus",
            {{L"AMRunningMode", CIM_STRING}, {L"AMServiceEnabled", CIM_BOOLEAN},
                {L"AntivirusEnabled", CIM_BOOLEAN}, {L"RealTimeProtectionEnabled", CIM_BOOLEAN}},
            {}, ComputerStatus},
        {L"root\\Microsoft\\Windows\\Storage", L"MSFT_StorageSetting",
            {{L"NewDiskPolicy", CIM_UINT16}, {L"ScrubPolicy", CIM_UINT32}},
            {{L"Get", {}, {{L"StorageSetting", CIM_OBJECT}}, Nothing},
                {L"Set", {{L"NewDiskPolicy", CIM_UINT16}, {L"ScrubPolicy", CIM_UINT32}}, {}, SetStorage}},
            StorageSettings},
        {L"root\\cimv2", L"Win32_ShadowStorage",
            {{L"AllocatedSpace", CIM_UINT64}, {L"DiffVolume", CIM_REFERENCE}, {L"MaxSpace", CIM_UINT64},
                {L"UsedSpace", CIM_UINT64}, {L"Volume", CIM_REFERENCE}},
            {}, ShadowStorages},
    };
    return classes;
}

bool IsSame(const std::wstring& left, const wchar_t* right)
{
    return _wcsicmp(left.c_str(), right) == 0;
}

/// A server can do without Defender, and then has none of its classes.
bool IsInstalled(const Class& one)
{
    return one.space != kDefenderSpace || RegistryKey(kDefender).IsOpen();
}

} // namespace

bool HasSpace(const std::wstring& space)
{
    return std::ranges::any_of(
        Classes(), [&](const Class& one) { return IsSame(space, one.space) && IsInstalled(one); });
}

const Class* FindClass(const std::wstring& space, const std::wstring& name)
{
    const auto found = std::ranges::find_if(Classes(), [&](const Class& one) {
        return IsSame(space, one.space) && IsSame(name, one.name) && IsInstalled(one);
    });
    return found == Classes().end() ? nullptr : &*found;
}

} // namespace stand_in
