// SPDX-License-Identifier: MIT

/// The stand-ins for what Wine lacks have to answer as the documents say, where the product depends on it.
/// Each is called here as the product calls it, and says so in the registry, too.

#include "stand_in/com_reference.h"

#include <doctest/doctest.h>

#include <windows.h>

#include <cfgmgr32.h>
#include <netfw.h>
#include <setupapi.h>
#include <wbemcli.h>
#include <winevt.h>

#include <array>
#include <string>
#include <vector>

namespace
{

using stand_in::Ref;
using Text = stand_in::OwnedBstr;

class Apartment
{
public:
    Apartment()
    {
        REQUIRE(SUCCEEDED(CoInitializeEx(nullptr, COINIT_MULTITHREADED)));
    }
    ~Apartment()
    {
        CoUninitialize();
    }
    Apartment(const Apartment&) = delete;
    Apartment& operator=(const Apartment&) = delete;
};

template <class Function>
Function* SystemFunction(const wchar_t* library, const char* name)
{
    const HMODULE dll = LoadLibraryExW(library, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
    auto* const function = reinterpret_cast<Function*>(reinterpret_cast<void*>(GetProcAddress(dll, name)));
    REQUIRE((function != nullptr));
    return function;
}

// ---- WMI

template <class Interface>
Ref<Interface> Create(REFCLSID id)
{
    Interface* object = nullptr;
    REQUIRE(CoCreateInstance(
                id, nullptr, CLSCTX_INPROC_SERVER, __uuidof(Interface), reinterpret_cast<void**>(&object))
        == S_OK);
    return Ref<Interface>(object);
}

HRESULT Connect(const wchar_t* space, Ref<IWbemServices>& services)
{
    const auto locator = Create<IWbemLocator>(__uuidof(WbemLocator));
    IWbemServices* found = nullptr;
    const HRESULT result = locator->ConnectServer(Text(space).bstr, nullptr, nullptr, nullptr,
        WBEM_FLAG_CONNECT_USE_MAX_WAIT, nullptr, nullptr, &found);
    services.reset(found);
    return result;
}

Ref<IWbemServices> Space(const wchar_t* space)
{
    Ref<IWbemServices> services;
    REQUIRE(Connect(space, services) == S_OK);
    return services;
}

Ref<IEnumWbemClassObject> Query(IWbemServices& services, const wchar_t* query)
{
    IEnumWbemClassObject* objects = nullptr;
    REQUIRE(services.ExecQuery(Text(L"WQL").bstr, Text(query).bstr,
                WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY, nullptr, &objects)
        == S_OK);
    return Ref<IEnumWbemClassObject>(objects);
}

Ref<IWbemClassObject> First(IWbemServices& services, const wchar_t* query)
{
    const auto objects = Query(services, query);
    IWbemClassObject* object = nullptr;
    ULONG count = 0;
    REQUIRE(objects->Next(1000, 1, &object, &count) == S_OK);
    REQUIRE(count == 1);
    return Ref<IWbemClassObject>(object);
}

struct Property
{
    VARTYPE kind;
    CIMTYPE type;
    LONG number;
};

Property Read(IWbemClassObject& object, const wchar_t* name)
{
    VARIANT value;
    VariantInit(&value);
    CIMTYPE type = 0;
    REQUIRE(object.Get(name, 0, &value, &type, nullptr) == S_OK);
    const Property property{value.vt, type, value.vt == VT_I4 ? value.lVal : 0};
    VariantClear(&value);
    return property;
}

/// The parameters of a method, to be filled in.
Ref<IWbemClassObject> Parameters(IWbemServices& services, const wchar_t* name, const wchar_t* method)
{
    IWbemClassObject* definition = nullptr;
    REQUIRE(services.GetObject(Text(name).bstr, 0, nullptr, &definition, nullptr) == S_OK);
    const Ref<IWbemClassObject> owned(definition);
    IWbemClassObject* signature = nullptr;
    REQUIRE(definition->GetMethod(method, 0, &signature, nullptr) == S_OK);
    const Ref<IWbemClassObject> ownedSignature(signature);
    IWbemClassObject* parameters = nullptr;
    REQUIRE(signature->SpawnInstance(0, &parameters) == S_OK);
    return Ref<IWbemClassObject>(parameters);
}

LONG Call(IWbemServices& services, const wchar_t* name, const wchar_t* method, IWbemClassObject* taken)
{
    IWbemClassObject* given = nullptr;
    REQUIRE(
        services.ExecMethod(Text(name).bstr, Text(method).bstr, 0, nullptr, taken, &given, nullptr) == S_OK);
    const Ref<IWbemClassObject> owned(given);
    return Read(*given, L"ReturnValue").number;
}

VARIANT Number(LONG number)
{
    VARIANT value;
    value.vt = VT_I4;
    value.lVal = number;
    return value;
}

DWORD RegistryNumber(const wchar_t* key, const wchar_t* name, DWORD otherwise)
{
    DWORD number = 0;
    DWORD size = sizeof number;
    return RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_DWORD, nullptr, &number, &size)
            == ERROR_SUCCESS
        ? number
        : otherwise;
}

constexpr const wchar_t* kDefender = L"root\\Microsoft\\Windows\\Defender";
constexpr const wchar_t* kStorage = L"root\\Microsoft\\Windows\\Storage";

} // namespace

TEST_CASE("WMI stand-in: numbers, flags and lists have the types that Windows gives them")
{
    const Apartment apartment;
    const auto defender = Space(kDefender);
    const auto status = First(*defender, L"SELECT * FROM MSFT_MpComputerStatus");
    CHECK(Read(*status, L"RealTimeProtectionEnabled").kind == VT_BOOL);
    CHECK(Read(*status, L"AMRunningMode").kind == VT_BSTR);
    const auto preference = First(*defender, L"select * from msft_mppreference");
    CHECK(Read(*preference, L"ExclusionPath").kind == (VT_ARRAY | VT_BSTR));
    CHECK(Read(*preference, L"ExclusionPath").type == (CIM_STRING | CIM_FLAG_ARRAY));
    const auto storage = First(*Space(L"root\\cimv2"), L"SELECT * FROM Win32_ShadowStorage");
    CHECK(Read(*storage, L"MaxSpace").kind == VT_BSTR);
    CHECK(Read(*storage, L"MaxSpace").type == CIM_UINT64);
    CHECK(Read(*storage, L"Volume").type == CIM_REFERENCE);
}

TEST_CASE("WMI stand-in: what is not there has the documented code, a class only when it is read")
{
    const Apartment apartment;
    Ref<IWbemServices> services;
    CHECK(Connect(L"root\\Fictional", services) == static_cast<HRESULT>(WBEM_E_INVALID_NAMESPACE));
    const auto defender = Space(kDefender);
    const auto objects = Query(*defender, L"SELECT * FROM MSFT_NoSuchClass");
    IWbemClassObject* object = nullptr;
    ULONG count = 0;
    CHECK(objects->Next(1000, 1, &object, &count) == static_cast<HRESULT>(WBEM_E_INVALID_CLASS));
    IEnumWbemClassObject* none = nullptr;
    CHECK(defender->ExecQuery(Text(L"WQL").bstr, Text(L"NO QUERY").bstr, 0, nullptr, &none)
        == static_cast<HRESULT>(WBEM_E_INVALID_QUERY));
}

TEST_CASE("WMI stand-in: a parameter of another type or name is refused")
{
    const Apartment apartment;
    const auto storage = Space(kStorage);
    const auto parameters = Parameters(*storage, L"MSFT_StorageSetting", L"Set");
    VARIANT large = Number(0x10000);
    CHECK(parameters->Put(L"NewDiskPolicy", 0, &large, 0) == static_cast<HRESULT>(WBEM_E_TYPE_MISMATCH));
    CHECK(parameters->Put(L"NoSuchThing", 0, &large, 0) == static_cast<HRESULT>(WBEM_E_NOT_FOUND));
    VARIANT wrong = Number(9);
    CHECK(parameters->Put(L"NewDiskPolicy", 0, &wrong, 0) == S_OK);
    CHECK(Call(*storage, L"MSFT_StorageSetting", L"Set", parameters.get()) == 5);
}

TEST_CASE("WMI stand-in: what Set sets is in the registry, and Get gives it in an object")
{
    constexpr const wchar_t* key = L"System\\CurrentControlSet\\Services\\partmgr\\Parameters";
    const Apartment apartment;
    const auto storage = Space(kStorage);
    const auto parameters = Parameters(*storage, L"MSFT_StorageSetting", L"Set");
    VARIANT policy = Number(3);
    REQUIRE(parameters->Put(L"NewDiskPolicy", 0, &policy, 0) == S_OK);
    CHECK(Call(*storage, L"MSFT_StorageSetting", L"Set", parameters.get()) == 0);
    CHECK(RegistryNumber(key, L"SanPolicy", 0) == 3);
    IWbemClassObject* given = nullptr;
    REQUIRE(storage->ExecMethod(
                Text(L"MSFT_StorageSetting").bstr, Text(L"Get").bstr, 0, nullptr, nullptr, &given, nullptr)
        == S_OK);
    const Ref<IWbemClassObject> owned(given);
    CHECK(Read(*given, L"StorageSetting").kind == VT_UNKNOWN);
    RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, key, L"SanPolicy");
}

// ---- Firewall

TEST_CASE("firewall stand-in: a rule is switched where Windows keeps it, and nothing else of it changes")
{
    constexpr const wchar_t* key =
        L"System\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules";
    const std::wstring text = L"v2.30|Action=Block|Active=TRUE|Dir=Out|Protocol=6|RPort=443|RPort=8443|"
                              L"App=C:\\x.exe|Name=Test rule|Profile=Domain|Profile=Public|";
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, L"{test}", REG_SZ, text.c_str(),
        static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t)));
    {
        const Apartment apartment;
        const auto policy = Create<INetFwPolicy2>(__uuidof(NetFwPolicy2));
        INetFwRules* rules = nullptr;
        REQUIRE(policy->get_Rules(&rules) == S_OK);
        const Ref<INetFwRules> ownedRules(rules);
        INetFwRule* rule = nullptr;
        CHECK(rules->Item(Text(L"No such rule").bstr, &rule) == HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
        REQUIRE(rules->Item(Text(L"Test rule").bstr, &rule) == S_OK);
        const Ref<INetFwRule> ownedRule(rule);
        BSTR ports = nullptr;
        CHECK(rule->get_RemotePorts(&ports) == S_OK);
        CHECK(std::wstring(ports) == L"443,8443");
        SysFreeString(ports);
        LONG profiles = 0;
        CHECK(rule->get_Profiles(&profiles) == S_OK);
        CHECK(profiles == (NET_FW_PROFILE2_DOMAIN | NET_FW_PROFILE2_PUBLIC));
        CHECK(rule->put_Enabled(VARIANT_FALSE) == S_OK);
    }
    std::array<wchar_t, 512> now{};
    DWORD size = sizeof now;
    CHECK(RegGetValueW(HKEY_LOCAL_MACHINE, key, L"{test}", RRF_RT_REG_SZ, nullptr, now.data(), &size)
        == ERROR_SUCCESS);
    std::wstring wanted = text;
    wanted.replace(wanted.find(L"TRUE"), 4, L"FALSE");
    CHECK(std::wstring(now.data()) == wanted);
    RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, key, L"{test}");
}

// ---- Event log

namespace
{

/// The number of events that the query finds, or the error that it ends with.
DWORD CountEvents(const wchar_t* channel, const wchar_t* query, DWORD& count)
{
    auto* const evtQuery = SystemFunction<decltype(EvtQuery)>(L"wevtapi.dll", "EvtQuery");
    auto* const evtNext = SystemFunction<decltype(EvtNext)>(L"wevtapi.dll", "EvtNext");
    auto* const evtClose = SystemFunction<decltype(EvtClose)>(L"wevtapi.dll", "EvtClose");
    const EVT_HANDLE results = evtQuery(nullptr, channel, query, EvtQueryChannelPath);
    count = 0;
    if (results == nullptr)
        return GetLastError();
    EVT_HANDLE event = nullptr;
    DWORD returned = 0;
    for (; evtNext(results, 1, &event, 1000, 0, &returned); count += returned)
        evtClose(event);
    const DWORD end = GetLastError();
    evtClose(results);
    return end;
}

} // namespace

TEST_CASE(
    "event log stand-in: a channel that is not there, a query that is none, and the end have their codes")
{
    DWORD count = 0;
    CHECK(CountEvents(L"No such channel", L"*", count) == 15007);
    CHECK(CountEvents(L"CloudBackup/Operational", L"*", count) == 15007);
    CHECK(CountEvents(L"System", L"*[System[", count) == 15001);
    CHECK(CountEvents(L"System", L"*[contains(System/EventID, '7')]", count) == 15001);
    CHECK(CountEvents(L"System", L"//Event", count) == 15001);
    CHECK(CountEvents(L"System", L"*/System", count) == 15001);
    CHECK(CountEvents(L"CloudBackup", L"*", count) == ERROR_NO_MORE_ITEMS);
    CHECK(count == 6);
    CHECK(CountEvents(L"CloudBackup",
              L"*[System[Provider[@Name='CloudBackup'] and (EventID=3 or EventID=11)]]", count)
        == ERROR_NO_MORE_ITEMS);
    CHECK(count == 3);
}

// ---- Devices and sessions

TEST_CASE("driver stand-in: what cannot be installed has the documented code")
{
    using Update = BOOL WINAPI(HWND, LPCWSTR, LPCWSTR, DWORD, PBOOL);
    auto* const update = SystemFunction<Update>(L"newdev.dll", "UpdateDriverForPlugAndPlayDevicesW");
    const auto fails = [&](const wchar_t* id, const wchar_t* inf, DWORD flags) {
        return update(nullptr, id, inf, flags, nullptr) ? ERROR_SUCCESS : GetLastError();
    };
    constexpr const wchar_t* inf = L"C:\\windows\\inf\\iscsi.inf";
    CHECK(fails(L"ROOT\\ISCSIPRT", inf, 0x100) == ERROR_INVALID_FLAGS);
    CHECK(fails(L"ROOT\\ISCSIPRT", L"C:\\none.inf", 4) == ERROR_FILE_NOT_FOUND);
    CHECK(fails(L"ROOT\\NOSUCHTHING", inf, 4) == ERROR_NO_SUCH_DEVINST);
    // The device of a healthy server has this driver already.
    CHECK(fails(L"ROOT\\ISCSIPRT", inf, 4) == ERROR_NO_MORE_ITEMS);
}

TEST_CASE("device stand-in: a device that works has started, and one that is not there has no node")
{
    auto* const getStatus =
        SystemFunction<decltype(CM_Get_DevNode_Status)>(L"cfgmgr32.dll", "CM_Get_DevNode_Status");
    const HDEVINFO devices = SetupDiGetClassDevsW(nullptr, L"ROOT\\ISCSIPRT", nullptr, DIGCF_ALLCLASSES);
    SP_DEVINFO_DATA device{};
    device.cbSize = sizeof device;
    REQUIRE(SetupDiEnumDeviceInfo(devices, 0, &device));
    ULONG status = 0;
    ULONG problem = 1;
    CHECK(getStatus(&status, &problem, device.DevInst, 0) == CR_SUCCESS);
    CHECK((status & DN_STARTED) != 0);
    CHECK((status & DN_HAS_PROBLEM) == 0);
    CHECK(problem == 0);
    CHECK(getStatus(&status, &problem, 0x7FFF, 0) == CR_NO_SUCH_DEVNODE);
    CHECK(getStatus(&status, &problem, device.DevInst, 1) == CR_INVALID_FLAG);
    SetupDiDestroyDeviceInfoList(devices);
}

TEST_CASE("iSCSI stand-in: the sessions of a service that does not run are not told")
{
    using GetSessions = HRESULT WINAPI(ULONG*, ULONG*, void*);
    auto* const getSessions = SystemFunction<GetSessions>(L"iscsidsc.dll", "GetIScsiSessionListW");
    ULONG size = 0;
    ULONG count = 0;
    CHECK(getSessions(&size, &count, nullptr) == EPT_S_NOT_REGISTERED);
}
