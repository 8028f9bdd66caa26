// SPDX-License-Identifier: MIT

/// The history of Windows Update, which Wine does not have. Documents: "IUpdateSession", "IUpdateSearcher"
/// and "IUpdateHistoryEntry2 interface" (wuapi.h): all of them are dual, and are called here by the names of
/// their members.
///
/// An entry is a key below Stand-in\UpdateHistory, newest first by its name: Title, Date
/// ("2026-11-03T04:00:00", UTC), Operation, ResultCode, and the CategoryID.

#include "com_object.h"
#include "registry_key.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <map>

namespace stand_in
{
namespace
{

constexpr GUID kUpdateSession{0x4cb43d7f, 0x7eee, 0x4906, {0x86, 0x98, 0x60, 0xda, 0x1c, 0x38, 0xf2, 0xfe}};

using Arguments = std::vector<LONG>;
using Giver = std::function<HRESULT(const Arguments&, VARIANT&)>;
using Members = std::map<std::wstring, Giver>;

/// An object whose members are called by name.
class Named : public Unknown<IDispatch>
{
public:
    explicit Named(Members members) : m_members(std::move(members)) {}

    STDMETHODIMP GetTypeInfoCount(UINT* count) override
    {
        return Give<UINT>(0, count);
    }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo**) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR* names, UINT, LCID, DISPID* ids) override
    {
        const auto found = m_members.find(names[0]);
        *ids = found == m_members.end() ? DISPID_UNKNOWN
                                        : static_cast<DISPID>(std::distance(m_members.begin(), found)) + 1;
        return found == m_members.end() ? DISP_E_UNKNOWNNAME : S_OK;
    }
    STDMETHODIMP Invoke(
        DISPID id, REFIID, LCID, WORD, DISPPARAMS* given, VARIANT* result, EXCEPINFO*, UINT*) override
    {
        if (id < 1 || static_cast<std::size_t>(id) > m_members.size())
            return DISP_E_MEMBERNOTFOUND;
        Arguments arguments;
        for (UINT i = given->cArgs; i > 0; --i)
            arguments.push_back(given->rgvarg[i - 1].lVal);
        return std::next(m_members.begin(), id - 1)->second(arguments, *result);
    }

private:
    Members m_members;
};

Giver Number(LONG number)
{
    return [=](const Arguments&, VARIANT& value) {
        value.vt = VT_I4;
        return Give(number, &value.lVal);
    };
}

Giver Text(const std::wstring& text)
{
    return [=](const Arguments&, VARIANT& value) {
        value.vt = VT_BSTR;
        return Give(text, &value.bstrVal);
    };
}

Giver Date(const std::wstring& text)
{
    return [=](const Arguments&, VARIANT& value) {
        SYSTEMTIME time{};
        std::swscanf(text.c_str(), L"%hu-%hu-%huT%hu:%hu:%hu", &time.wYear, &time.wMonth, &time.wDay,
            &time.wHour, &time.wMinute, &time.wSecond);
        value.vt = VT_DATE;
        return SystemTimeToVariantTime(&time, &value.date) ? S_OK : E_INVALIDARG;
    };
}

HRESULT Hand(Members members, VARIANT& value)
{
    value.vt = VT_DISPATCH;
    value.pdispVal = new Named(std::move(members));
    return S_OK;
}

HRESULT HandList(const std::vector<Members>& list, VARIANT& value)
{
    const auto item = [=](const Arguments& arguments, VARIANT& found) -> HRESULT {
        const auto index = static_cast<std::size_t>(arguments.empty() ? -1 : arguments[0]);
        return index < list.size() ? Hand(list[index], found) : E_INVALIDARG;
    };
    return Hand({{L"Count", Number(static_cast<LONG>(list.size()))}, {L"Item", item}}, value);
}

std::vector<Members> ReadHistory()
{
    const std::wstring list = kOwnKey + L"\\UpdateHistory";
    std::vector<Members> entries;
    for (const std::wstring& name : RegistryKey(list).KeyNames())
    {
        const RegistryKey key(list + L"\\" + name);
        const std::wstring category = key.Text(L"CategoryID");
        const auto categories = [=](const Arguments&, VARIANT& value) {
            return HandList({{{L"CategoryID", Text(category)}}}, value);
        };
        entries.push_back({{L"Title", Text(key.Text(L"Title"))}, {L"Date", Date(key.Text(L"Date"))},
            {L"Operation", Number(static_cast<LONG>(key.Number(L"Operation").value_or(1)))},
            {L"ResultCode", Number(static_cast<LONG>(key.Number(L"ResultCode").value_or(2)))},
            {L"Categories", categories}});
    }
    return entries;
}

HRESULT QueryHistory(const Arguments& arguments, VARIANT& value)
{
    std::vector<Members> entries = ReadHistory();
    if (arguments.size() != 2 || arguments[0] < 0 || arguments[1] < 0)
        return E_INVALIDARG;
    const auto first = std::min(static_cast<std::size_t>(arguments[0]), entries.size());
    entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(first));
    entries.resize(std::min(static_cast<std::size_t>(arguments[1]), entries.size()));
    return HandList(entries, value);
}

HRESULT CountHistory(const Arguments&, VARIANT& value)
{
    return Number(static_cast<LONG>(ReadHistory().size()))({}, value);
}

HRESULT CreateSearcher(const Arguments&, VARIANT& value)
{
    return Hand({{L"GetTotalHistoryCount", CountHistory}, {L"QueryHistory", QueryHistory}}, value);
}

class Session final : public Named
{
public:
    Session() : Named({{L"CreateUpdateSearcher", CreateSearcher}}) {}
};

} // namespace
} // namespace stand_in

STDAPI DllGetClassObject(REFCLSID wanted, REFIID id, void** object)
{
    return wanted == stand_in::kUpdateSession ? stand_in::GiveFactory<stand_in::Session>(id, object)
                                              : CLASS_E_CLASSNOTAVAILABLE;
}

STDAPI DllCanUnloadNow()
{
    return stand_in::liveObjects == 0 ? S_OK : S_FALSE;
}
