// SPDX-License-Identifier: MIT
#include "updates.h"

#include "com.h"
#include "error.h"
#include "file_time.h"
#include "guids.h"
#include "questions/programs.h"
#include "questions/registry.h"
#include "registry.h"
#include "update_package.h"

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

// ---- Installed packages

constexpr const char* kPackages =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages";
constexpr std::uint32_t kInstalled = 112;

std::optional<std::uint32_t> NumberAt(const std::string& key, const char* name)
{
    const Answer<RegistryValue> value = AskWindows(ReadRegistryValue{{key, name}}, {}, {});
    return value ? value->AsDword() : std::nullopt;
}

/// Nothing: not installed, or without a time.
std::optional<Timestamp> InstallTimeOf(const std::string& package)
{
    const std::string key = std::string(kPackages) + "\\" + package;
    const auto high = NumberAt(key, "InstallTimeHigh");
    const auto low = NumberAt(key, "InstallTimeLow");
    if (NumberAt(key, "CurrentState") != kInstalled || !high || !low)
    {
        return std::nullopt;
    }
    return TimeFrom(FILETIME{*low, *high});
}

void KeepNewer(InstalledUpdate update, std::optional<InstalledUpdate>& newest)
{
    if (!newest || update.installed > newest->installed)
    {
        newest = std::move(update);
    }
}

Answer<InstalledUpdate> FoundOrAbsent(std::optional<InstalledUpdate> newest)
{
    return newest ? Answer<InstalledUpdate>(std::move(*newest)) : Absent{};
}

Answer<InstalledUpdate> NewestPackage(const Wait& wait)
{
    const Answer<RegistryKeyContent> packages = AskWindows(ListRegistryKey{kPackages}, {}, wait);
    if (!packages)
    {
        return packages.HasFailed() ? Answer<InstalledUpdate>(packages.Error()) : Absent{};
    }
    std::optional<InstalledUpdate> newest;
    for (const std::string& package : packages->keys)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list packages");
        }
        const auto installed = IsUpdatePackage(package) ? InstallTimeOf(package) : std::nullopt;
        if (installed)
        {
            KeepNewer({package, *installed}, newest);
        }
    }
    return FoundOrAbsent(std::move(newest));
}

// ---- The history of Windows Update, by the names of its members: mingw's headers have only part of them

constexpr std::string_view kDefinitionUpdates = "E0789628-CE08-4437-BE74-2495B842F43B";
constexpr LONG kMostEntries = 1000;

/// UpdateOperation and OperationResultCode of wuapi.h.
constexpr LONG kInstallation = 1;
constexpr LONG kSucceeded = 2;
constexpr LONG kSucceededWithErrors = 3;

/// What a member gives: an object, a number, a date or a text.
class Member
{
public:
    Member()
    {
        VariantInit(&m_value);
    }
    ~Member()
    {
        VariantClear(&m_value);
    }
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    HRESULT Get(IDispatch& object, const wchar_t* name, std::vector<LONG> arguments = {})
    {
        wchar_t* names = const_cast<wchar_t*>(name);
        DISPID id = 0;
        HRESULT result = object.GetIDsOfNames(IID_NULL, &names, 1, LOCALE_USER_DEFAULT, &id);
        if (FAILED(result))
        {
            return result;
        }
        // Arguments go from the last to the first.
        std::vector<VARIANT> values(arguments.size());
        for (std::size_t i = 0; i < arguments.size(); ++i)
        {
            VARIANT& value = values[arguments.size() - 1 - i];
            VariantInit(&value);
            value.vt = VT_I4;
            value.lVal = arguments[i];
        }
        DISPPARAMS parameters{values.data(), nullptr, static_cast<UINT>(values.size()), 0};
        return object.Invoke(id, IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD | DISPATCH_PROPERTYGET,
            &parameters, &m_value, nullptr, nullptr);
    }

    IDispatch* Object() const
    {
        return m_value.vt == VT_DISPATCH ? m_value.pdispVal : nullptr;
    }
    LONG Number() const
    {
        return m_value.vt == VT_I4 ? m_value.lVal : 0;
    }
    std::string Text() const
    {
        return m_value.vt == VT_BSTR && m_value.bstrVal != nullptr
            ? Narrow({m_value.bstrVal, SysStringLen(m_value.bstrVal)})
            : std::string();
    }
    /// The history's dates are UTC.
    std::optional<Timestamp> Date() const
    {
        SYSTEMTIME utc{};
        FILETIME time{};
        const bool known = m_value.vt == VT_DATE && VariantTimeToSystemTime(m_value.date, &utc) != 0
            && SystemTimeToFileTime(&utc, &time) != 0;
        return known ? std::optional(TimeFrom(time)) : std::nullopt;
    }

private:
    VARIANT m_value;
};

Failure HistoryFailure(HRESULT result, std::string_view tried)
{
    return FailureFrom(static_cast<std::uint32_t>(FAILED(result) ? result : 0), tried);
}

LONG NumberOf(IDispatch& object, const wchar_t* name)
{
    Member member;
    return SUCCEEDED(member.Get(object, name)) ? member.Number() : 0;
}

/// True also where the categories are not told: then the entry says nothing about Windows.
bool IsDefinition(IDispatch& entry)
{
    Member categories;
    if (FAILED(categories.Get(entry, L"Categories")) || categories.Object() == nullptr)
    {
        return true;
    }
    const LONG count = NumberOf(*categories.Object(), L"Count");
    for (LONG i = 0; i < count; ++i)
    {
        Member category;
        Member id;
        const bool known = SUCCEEDED(category.Get(*categories.Object(), L"Item", {i}))
            && category.Object() != nullptr && SUCCEEDED(id.Get(*category.Object(), L"CategoryID"));
        if (known && EqualsIgnoreCase(id.Text(), kDefinitionUpdates))
        {
            return true;
        }
    }
    return false;
}

std::optional<InstalledUpdate> UpdateIn(IDispatch& entry)
{
    const LONG result = NumberOf(entry, L"ResultCode");
    if (NumberOf(entry, L"Operation") != kInstallation
        || (result != kSucceeded && result != kSucceededWithErrors) || IsDefinition(entry))
    {
        return std::nullopt;
    }
    Member date;
    Member title;
    const auto installed = SUCCEEDED(date.Get(entry, L"Date")) ? date.Date() : std::nullopt;
    const bool named = SUCCEEDED(title.Get(entry, L"Title"));
    return installed ? std::optional(InstalledUpdate{named ? title.Text() : std::string(), *installed})
                     : std::nullopt;
}

Answer<InstalledUpdate> NewestOf(IDispatch& entries, LONG count, const Wait& wait)
{
    std::optional<InstalledUpdate> newest;
    for (LONG i = 0; i < count; ++i)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("read the update history");
        }
        Member entry;
        const HRESULT result = entry.Get(entries, L"Item", {i});
        if (FAILED(result) || entry.Object() == nullptr)
        {
            return HistoryFailure(result, "IUpdateHistoryEntryCollection::get_Item");
        }
        if (auto update = UpdateIn(*entry.Object()))
        {
            KeepNewer(std::move(*update), newest);
        }
    }
    return FoundOrAbsent(std::move(newest));
}

Answer<InstalledUpdate> NewestInHistory(const Wait& wait)
{
    const ComApartment apartment;
    ComPtr<IDispatch> session;
    HRESULT result = CoCreateInstance(guid::kUpdateSession, nullptr, CLSCTX_INPROC_SERVER, guid::kIDispatch,
        reinterpret_cast<void**>(session.Receive()));
    if (FAILED(result))
    {
        return HistoryFailure(result, "CoCreateInstance (UpdateSession)");
    }
    Member searcher;
    result = searcher.Get(*session.Get(), L"CreateUpdateSearcher");
    if (FAILED(result) || searcher.Object() == nullptr)
    {
        return HistoryFailure(result, "IUpdateSession::CreateUpdateSearcher");
    }
    Member total;
    result = total.Get(*searcher.Object(), L"GetTotalHistoryCount");
    if (FAILED(result))
    {
        return HistoryFailure(result, "IUpdateSearcher::GetTotalHistoryCount");
    }
    const LONG count = std::min(total.Number(), kMostEntries);
    if (count <= 0)
    {
        return Absent{};
    }
    Member entries;
    result = entries.Get(*searcher.Object(), L"QueryHistory", {0, count});
    if (FAILED(result) || entries.Object() == nullptr)
    {
        return HistoryFailure(result, "IUpdateSearcher::QueryHistory");
    }
    return NewestOf(*entries.Object(), std::min(count, NumberOf(*entries.Object(), L"Count")), wait);
}

} // namespace

Answer<InstalledUpdate> AskWindows(
    const FindNewestUpdate& question, const WindowsMachineOptions&, const Wait& wait)
{
    return question.source == UpdateSource::kPackages ? NewestPackage(wait) : NewestInHistory(wait);
}

} // namespace mars
