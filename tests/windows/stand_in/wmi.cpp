// SPDX-License-Identifier: MIT

/// WMI with the classes of wmi_classes.h, which Wine does not have; everything else is asked of Wine's own.
/// Documents: "IWbemServices interface", "IWbemClassObject interface" and "IEnumWbemClassObject interface"
/// (wbemcli.h), "WMI Error Constants", and "Numbers" of the WMI SDK for the VARIANT of each CIM type.

#include "com_object.h"
#include "wmi_base.h"
#include "wmi_classes.h"

#include <algorithm>
#include <cwctype>

namespace stand_in
{
namespace
{

HRESULT Error(WBEMSTATUS status)
{
    return static_cast<HRESULT>(status);
}

bool IsSame(const std::wstring& left, const wchar_t* right)
{
    return _wcsicmp(left.c_str(), right) == 0;
}

/// The VARIANT that carries a value of the type.
VARTYPE VariantOf(CIMTYPE type)
{
    switch (type)
    {
    case CIM_BOOLEAN:
        return VT_BOOL;
    case CIM_STRING:
    case CIM_REFERENCE:
    case CIM_UINT64:
        return VT_BSTR;
    case CIM_OBJECT:
        return VT_UNKNOWN;
    case CIM_STRING | CIM_FLAG_ARRAY:
        return VT_ARRAY | VT_BSTR;
    default:
        return VT_I4;
    }
}

/// An object, a class, or the parameters of a method.
class Object final : public ObjectBase
{
public:
    Object(const wchar_t* name, const std::vector<Member>& members, const Class* definition = nullptr,
        Values values = {})
        : m_name(name), m_members(members), m_class(definition), m_values(std::move(values))
    {}

    STDMETHODIMP Get(LPCWSTR name, LONG, VARIANT* value, CIMTYPE* type, LONG* flavor) override
    {
        if (flavor != nullptr)
            *flavor = WBEM_FLAVOR_ORIGIN_LOCAL;
        if (IsSame(name, L"__CLASS"))
        {
            value->vt = VT_BSTR;
            return Give(std::wstring(m_name), &value->bstrVal);
        }
        const Member* member = Find(name);
        if (member == nullptr)
            return Error(WBEM_E_NOT_FOUND);
        if (type != nullptr)
            *type = member->type;
        const auto found = m_values.find(member->name);
        return found == m_values.end() ? Value().CopyTo(*value) : found->second.CopyTo(*value);
    }
    STDMETHODIMP Put(LPCWSTR name, LONG, VARIANT* value, CIMTYPE) override
    {
        const Member* member = Find(name);
        if (member == nullptr)
            return Error(WBEM_E_NOT_FOUND);
        if (value != nullptr && value->vt != VT_NULL && value->vt != VariantOf(member->type))
            return Error(WBEM_E_TYPE_MISMATCH);
        if (value != nullptr && value->vt == VT_I4 && member->type == CIM_UINT16
            && (value->lVal & ~0xFFFF) != 0)
            return Error(WBEM_E_TYPE_MISMATCH);
        m_values[member->name] = value == nullptr ? Value() : Value(*value);
        return S_OK;
    }
    STDMETHODIMP SpawnInstance(LONG, IWbemClassObject** instance) override
    {
        return GiveNew<Object>(instance, m_name, m_members);
    }
    STDMETHODIMP GetMethod(LPCWSTR name, LONG, IWbemClassObject** takes, IWbemClassObject** gives) override
    {
        const Method* method = FindMethod(name);
        if (method == nullptr)
            return Error(WBEM_E_NOT_FOUND);
        if (takes != nullptr)
        {
            *takes = nullptr;
            if (!method->takes.empty())
                GiveNew<Object>(takes, L"__PARAMETERS", method->takes);
        }
        return gives == nullptr ? S_OK : GiveNew<Object>(gives, L"__PARAMETERS", ResultsOf(*method));
    }

    const Method* FindMethod(const std::wstring& name) const
    {
        const auto found = std::ranges::find_if(
            m_class->methods, [&](const Method& method) { return IsSame(name, method.name); });
        return found == m_class->methods.end() ? nullptr : &*found;
    }
    static std::vector<Member> ResultsOf(const Method& method)
    {
        std::vector<Member> results = method.gives;
        results.push_back({L"ReturnValue", CIM_UINT32});
        return results;
    }

private:
    const Member* Find(const std::wstring& name) const
    {
        const auto found =
            std::ranges::find_if(m_members, [&](const Member& member) { return IsSame(name, member.name); });
        return found == m_members.end() ? nullptr : &*found;
    }

    const wchar_t* m_name;
    std::vector<Member> m_members;
    const Class* m_class;
    Values m_values;
};

/// What a query finds. A class that is not there is told by the first Next, as a query that returns at once
/// does it.
class Objects final : public EnumeratorBase
{
public:
    explicit Objects(const Class* definition)
        : m_class(definition),
          m_objects(definition == nullptr ? std::vector<Values>() : definition->instances())
    {}

    STDMETHODIMP Next(LONG, ULONG wanted, IWbemClassObject** objects, ULONG* returned) override
    {
        *returned = 0;
        if (m_class == nullptr)
            return Error(WBEM_E_INVALID_CLASS);
        for (; *returned < wanted && m_next < m_objects.size(); ++*returned, ++m_next)
            GiveNew<Object>(
                &objects[*returned], m_class->name, m_class->properties, m_class, m_objects[m_next]);
        return *returned == wanted ? S_OK : static_cast<HRESULT>(WBEM_S_FALSE);
    }

private:
    const Class* m_class;
    std::vector<Values> m_objects;
    std::size_t m_next = 0;
};

/// A call that has ended already.
class Ended final : public CallResultBase
{
public:
    explicit Ended(IWbemClassObject* result) : m_result(result)
    {
        m_result->AddRef();
    }
    STDMETHODIMP GetCallStatus(LONG, LONG* status) override
    {
        return Give<LONG>(S_OK, status);
    }
    STDMETHODIMP GetResultObject(LONG, IWbemClassObject** result) override
    {
        return m_result->QueryInterface(__uuidof(IWbemClassObject), reinterpret_cast<void**>(result));
    }

private:
    Ref<IWbemClassObject> m_result;
};

/// "SELECT ... FROM Class", as far as it goes: empty where it is no such query or has conditions.
std::wstring ClassOf(std::wstring query)
{
    std::vector<std::wstring> words{L""};
    for (const wchar_t c : query)
    {
        if (std::iswspace(c) == 0)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    const bool plain =
        words.size() >= 4 && IsSame(words[0], L"SELECT") && IsSame(words[words.size() - 2], L"FROM");
    return plain ? words.back() : std::wstring();
}

/// One namespace: ours, and that of Wine where it has one of this name.
class Services final : public ServicesBase
{
public:
    Services(std::wstring space, Ref<IWbemServices> wines)
        : m_space(std::move(space)), m_wines(std::move(wines))
    {}

    STDMETHODIMP GetObject(const BSTR path, LONG flags, IWbemContext* context, IWbemClassObject** object,
        IWbemCallResult** call) override
    {
        const Class* found = FindClass(m_space, Text(path));
        if (found != nullptr)
            return GiveNew<Object>(object, found->name, found->properties, found);
        return m_wines ? m_wines->GetObject(path, flags, context, object, call) : Error(WBEM_E_NOT_FOUND);
    }

    STDMETHODIMP ExecQuery(const BSTR language, const BSTR query, LONG flags, IWbemContext* context,
        IEnumWbemClassObject** objects) override
    {
        const std::wstring name = ClassOf(Text(query));
        const Class* found = FindClass(m_space, name);
        if (found == nullptr && m_wines)
            return m_wines->ExecQuery(language, query, flags, context, objects);
        if (!IsSame(Text(language), L"WQL"))
            return Error(WBEM_E_INVALID_QUERY_TYPE);
        return name.empty() ? Error(WBEM_E_INVALID_QUERY) : GiveNew<Objects>(objects, found);
    }

    STDMETHODIMP ExecMethod(const BSTR path, const BSTR method, LONG flags, IWbemContext* context,
        IWbemClassObject* taken, IWbemClassObject** given, IWbemCallResult** call) override
    {
        const Class* found = FindClass(m_space, Text(path));
        if (found == nullptr)
            return m_wines ? m_wines->ExecMethod(path, method, flags, context, taken, given, call)
                           : Error(WBEM_E_INVALID_CLASS);
        const Ref<Object> object(new Object(found->name, found->properties, found));
        const Method* wanted = object->FindMethod(Text(method));
        if (wanted == nullptr)
            return Error(WBEM_E_INVALID_METHOD);
        const Ref<IWbemClassObject> results(Run(*found, *wanted, taken));
        if (given != nullptr)
            results->QueryInterface(__uuidof(IWbemClassObject), reinterpret_cast<void**>(given));
        return call == nullptr ? S_OK : GiveNew<Ended>(call, results.get());
    }

private:
    static IWbemClassObject* Run(const Class& owner, const Method& method, IWbemClassObject* taken)
    {
        Values parameters;
        for (const Member& member : method.takes)
        {
            VARIANT value;
            VariantInit(&value);
            if (taken != nullptr && SUCCEEDED(taken->Get(member.name, 0, &value, nullptr, nullptr))
                && value.vt != VT_NULL)
                parameters.emplace(member.name, value);
            VariantClear(&value);
        }
        Values results{{L"ReturnValue", Value(static_cast<LONG>(method.run(parameters)))}};
        for (const Member& member : method.gives)
        {
            const Ref<IWbemClassObject> object(
                new Object(owner.name, owner.properties, &owner, owner.instances().front()));
            results[member.name] = Value(object.get());
        }
        return new Object(L"__PARAMETERS", Object::ResultsOf(method), nullptr, std::move(results));
    }

    std::wstring m_space;
    Ref<IWbemServices> m_wines;
};

/// Wine's locator, which the class factory of its own DLL makes.
Ref<IWbemLocator> WinesLocator()
{
    using GetClassObject = HRESULT WINAPI(REFCLSID, REFIID, void**);
    // By its path: a program that loads DLLs from System32 only would not find it by its name.
    const HMODULE dll = LoadLibraryW(L"C:\\windows\\system32\\wbem\\wbemprox.dll");
    const auto getClassObject =
        reinterpret_cast<GetClassObject*>(reinterpret_cast<void*>(GetProcAddress(dll, "DllGetClassObject")));
    IClassFactory* factory = nullptr;
    IWbemLocator* locator = nullptr;
    if (getClassObject != nullptr
        && SUCCEEDED(getClassObject(
            __uuidof(WbemLocator), __uuidof(IClassFactory), reinterpret_cast<void**>(&factory))))
    {
        factory->CreateInstance(nullptr, __uuidof(IWbemLocator), reinterpret_cast<void**>(&locator));
        factory->Release();
    }
    return Ref<IWbemLocator>(locator);
}

class Locator final : public Unknown<IWbemLocator>
{
public:
    STDMETHODIMP ConnectServer(const BSTR resource, const BSTR user, const BSTR password, const BSTR locale,
        LONG flags, const BSTR authority, IWbemContext* context, IWbemServices** services) override
    {
        const Ref<IWbemLocator> locator = WinesLocator();
        IWbemServices* found = nullptr;
        const HRESULT result = !locator
            ? E_FAIL
            : locator->ConnectServer(resource, user, password, locale, flags, authority, context, &found);
        Ref<IWbemServices> wines(found);
        // Wine has some namespaces of Windows without a class in them.
        return HasSpace(Text(resource)) ? GiveNew<Services>(services, Text(resource), std::move(wines))
            : FAILED(result)            ? result
                                        : Hand(std::move(wines), services);
    }

private:
    static HRESULT Hand(Ref<IWbemServices> wines, IWbemServices** services)
    {
        *services = wines.release();
        return S_OK;
    }
};

} // namespace
} // namespace stand_in

STDAPI DllGetClassObject(REFCLSID wanted, REFIID id, void** object)
{
    return wanted == __uuidof(WbemLocator) ? stand_in::GiveFactory<stand_in::Locator>(id, object)
                                           : CLASS_E_CLASSNOTAVAILABLE;
}

STDAPI DllCanUnloadNow()
{
    return stand_in::liveObjects == 0 ? S_OK : S_FALSE;
}
