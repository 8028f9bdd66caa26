// SPDX-License-Identifier: MIT
#include "asking.h"
#include "handle.h"
#include "questions/registry.h"
#include "registry_key.h"
#include "wide.h"

#include <aclapi.h>

#include <algorithm>

using namespace mars;
using namespace mars::test;

namespace
{

constexpr const char* kKey = "HKLM\\SOFTWARE\\MARS Wizard test";
constexpr const wchar_t* kSubKey = L"SOFTWARE\\MARS Wizard test";

/// A key of this test's own, gone afterwards.
class TestKey
{
public:
    explicit TestKey(REGSAM view = KEY_WOW64_64KEY) : m_view(view)
    {
        REQUIRE(RegCreateKeyExW(HKEY_LOCAL_MACHINE, kSubKey, 0, nullptr, 0, KEY_ALL_ACCESS | view, nullptr,
                    m_key.Receive(), nullptr)
            == ERROR_SUCCESS);
    }
    ~TestKey()
    {
        // Windows deletes no key that nobody may open.
        SetAccess(nullptr);
        RegDeleteTreeW(m_key.Get(), nullptr);
        RegDeleteKeyExW(HKEY_LOCAL_MACHINE, kSubKey, m_view, 0);
    }
    TestKey(const TestKey&) = delete;
    TestKey& operator=(const TestKey&) = delete;

    void Set(const std::wstring& name, DWORD type, const Bytes& bytes)
    {
        REQUIRE(
            RegSetValueExW(m_key.Get(), name.c_str(), 0, type, bytes.data(), static_cast<DWORD>(bytes.size()))
            == ERROR_SUCCESS);
    }
    void AddKey(const std::wstring& name)
    {
        UniqueKey key;
        REQUIRE(RegCreateKeyExW(
                    m_key.Get(), name.c_str(), 0, nullptr, 0, KEY_READ, nullptr, key.Receive(), nullptr)
            == ERROR_SUCCESS);
    }
    void DenyAll()
    {
        ACL empty{};
        InitializeAcl(&empty, sizeof empty, ACL_REVISION);
        REQUIRE(SetAccess(&empty) == ERROR_SUCCESS);
    }

private:
    /// Nothing stands for everybody.
    LSTATUS SetAccess(ACL* list)
    {
        SECURITY_DESCRIPTOR descriptor{};
        InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION);
        SetSecurityDescriptorDacl(&descriptor, TRUE, list, FALSE);
        return RegSetKeySecurity(m_key.Get(), DACL_SECURITY_INFORMATION, &descriptor);
    }

    REGSAM m_view;
    UniqueKey m_key;
};

} // namespace

TEST_CASE("windows registry: type and bytes come back as they are stored")
{
    TestKey key;
    key.Set(L"text", REG_EXPAND_SZ, RegistryValue::String("%windir%\\Ärger", kRegExpandSz).bytes);
    key.Set(L"number", REG_DWORD, {1, 2, 3, 4});
    key.Set(L"odd", 0x4711, {9});
    key.Set(L"", REG_SZ, RegistryValue::String("default").bytes);
    CHECK(Value(ReadRegistryValue{{kKey, "text"}}) == RegistryValue::String("%windir%\\Ärger", kRegExpandSz));
    CHECK(Value(ReadRegistryValue{{kKey, "number"}}).AsDword() == 0x04030201U);
    CHECK(Value(ReadRegistryValue{{kKey, "odd"}}) == RegistryValue{0x4711, {9}});
    CHECK(Value(ReadRegistryValue{{kKey, ""}}).AsString() == "default");
}

TEST_CASE("windows registry: a value larger than the first guess is read whole")
{
    TestKey key;
    const Bytes large(100'000, 7);
    key.Set(L"large", REG_BINARY, large);
    key.Set(L"empty", REG_BINARY, {});
    CHECK(Value(ReadRegistryValue{{kKey, "large"}}).bytes == large);
    CHECK(Value(ReadRegistryValue{{kKey, "empty"}}).bytes.empty());
}

TEST_CASE("windows registry: no key and no value are absent, an unknown root is a failure")
{
    const TestKey key;
    CheckAbsent(ReadRegistryValue{{kKey, "nothing"}});
    CheckAbsent(ReadRegistryValue{{"HKLM\\SOFTWARE\\no such key", "nothing"}});
    CheckAbsent(ListRegistryKey{"HKU\\S-1-5-21-9-9-9-9\\Software"});
    CheckFailed(ReadRegistryValue{{"HKCR\\x", ""}}, ERROR_INVALID_PARAMETER);
    CheckFailed(ListRegistryKey{""}, ERROR_INVALID_PARAMETER);
}

TEST_CASE("windows registry: a key that may not be read is a failure with code 5, not absent")
{
    TestKey key;
    key.Set(L"x", REG_DWORD, {1, 0, 0, 0});
    key.DenyAll();
    CheckFailed(ReadRegistryValue{{kKey, "x"}}, code::kAccessDenied);
    CheckFailed(ListRegistryKey{kKey}, code::kAccessDenied);
}

TEST_CASE("windows registry: the two views are two places")
{
    TestKey in32(KEY_WOW64_32KEY);
    in32.Set(L"x", REG_DWORD, {1, 0, 0, 0});
    CHECK(Value(ReadRegistryValue{{kKey, "x", RegistryView::k32}}).AsDword() == 1U);
    CheckAbsent(ReadRegistryValue{{kKey, "x", RegistryView::k64}});
}

TEST_CASE("windows registry: a key is listed with all its values and keys")
{
    TestKey key;
    key.AddKey(L"first");
    key.AddKey(L"zweiter Schl\u00FCssel");
    for (int i = 0; i < 300; ++i)
    {
        key.Set(L"value " + std::to_wstring(i), REG_DWORD, {static_cast<std::uint8_t>(i), 0, 0, 0});
    }
    const RegistryKeyContent content = Value(ListRegistryKey{kKey});
    CHECK(content.keys.size() == 2);
    CHECK(std::count(content.keys.begin(), content.keys.end(), "zweiter Schl\u00FCssel") == 1);
    REQUIRE(content.values.size() == 300);
    const auto found = std::find_if(content.values.begin(), content.values.end(),
        [](const auto& value) { return value.name == "value 200"; });
    REQUIRE(found != content.values.end());
    CHECK(found->value.AsDword() == 200U);
}

TEST_CASE("windows registry: no answer once the wait is over")
{
    CheckFailed(ListRegistryKey{"HKLM\\SOFTWARE"}, code::kTimeout, NoTime());
    std::stop_source source;
    source.request_stop();
    CheckFailed(
        ListRegistryKey{"HKLM\\SOFTWARE"}, code::kCancelled, Wait{TenSeconds().deadline, source.get_token()});
}

TEST_CASE("windows registry: short readers answer nothing for another type")
{
    TestKey key;
    key.Set(L"number", REG_DWORD, {5, 0, 0, 0});
    CHECK(RegistryNumber(kKey, "number") == 5U);
    CHECK_FALSE(RegistryText(kKey, "number"));
    CHECK_FALSE(RegistryNumber(kKey, "nothing"));
}

TEST_CASE("windows names: a lone surrogate survives the way in and out, and a long path gets its prefix")
{
    const std::wstring lone{L'a', static_cast<wchar_t>(0xD800), L'b'};
    CHECK(Wide(Narrow(lone)) == lone);
    CHECK(WidePath("C:\\short") == L"C:\\short");
    const std::string longPath = "C:\\" + std::string(300, 'x');
    CHECK(WidePath(longPath) == L"\\\\?\\" + Wide(longPath));
    CHECK(WidePath("\\\\server\\share\\" + std::string(300, 'x'))
              .starts_with(L"\\\\?\\UNC\\server\\share\\xxx"));
    CHECK(WidePath("\\\\?\\" + longPath) == L"\\\\?\\" + Wide(longPath));
}
