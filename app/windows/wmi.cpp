// SPDX-License-Identifier: MIT
#include "wmi.h"

#include "com.h"
#include "error.h"
#include "guids.h"

#include <wbemcli.h>

#include <algorithm>
#include <charconv>

namespace mars
{

namespace
{

/// How long one look lasts, so that a stop is heard in between.
constexpr long kSliceMilliseconds = 100;

Failure WmiFailure(HRESULT result, std::string_view tried, std::string_view object)
{
    return FailureFrom(static_cast<std::uint32_t>(result), tried, object);
}

bool MeansNoSuchThing(HRESULT result)
{
    return result == static_cast<HRESULT>(WBEM_E_INVALID_NAMESPACE)
        || result == static_cast<HRESULT>(WBEM_E_INVALID_CLASS)
        || result == static_cast<HRESULT>(WBEM_E_NOT_FOUND);
}

/// Lets WMI act for this user, over a channel that it accepts for every namespace. An object that is no proxy
/// needs none of that and refuses.
void SetBlanket(IUnknown* proxy)
{
    static_cast<void>(CoSetProxyBlanket(proxy, RPC_C_AUTHN_WINNT, RPC_C_AUTHZ_NONE, nullptr,
        RPC_C_AUTHN_LEVEL_PKT_PRIVACY, RPC_C_IMP_LEVEL_IMPERSONATE, nullptr, EOAC_NONE));
}

Answer<ComPtr<IWbemServices>> Connect(const std::string& space)
{
    ComPtr<IWbemLocator> locator;
    HRESULT result = CoCreateInstance(guid::kWbemLocator, nullptr, CLSCTX_INPROC_SERVER, guid::kIWbemLocator,
        reinterpret_cast<void**>(locator.Receive()));
    if (FAILED(result))
    {
        return WmiFailure(result, "CoCreateInstance", "WbemLocator");
    }
    ComPtr<IWbemServices> services;
    result = locator->ConnectServer(Bstr(space).Get(), nullptr, nullptr, nullptr,
        WBEM_FLAG_CONNECT_USE_MAX_WAIT, nullptr, nullptr, services.Receive());
    if (FAILED(result))
    {
        return MeansNoSuchThing(result) ? Answer<ComPtr<IWbemServices>>(Absent{})
                                        : WmiFailure(result, "IWbemLocator::ConnectServer", space);
    }
    SetBlanket(services.Get());
    return services;
}

// ---- Values

/// A VARIANT that a getter fills.
class Received
{
public:
    Received()
    {
        VariantInit(&m_value);
    }
    ~Received()
    {
        VariantClear(&m_value);
    }
    Received(const Received&) = delete;
    Received& operator=(const Received&) = delete;
    VARIANT* Receive()
    {
        return &m_value;
    }
    const VARIANT& Get() const
    {
        return m_value;
    }

private:
    VARIANT m_value;
};

std::string TextOf(BSTR text)
{
    return text == nullptr ? std::string() : Narrow({text, SysStringLen(text)});
}

WmiValue TextsOf(const VARIANT& value)
{
    std::vector<std::string> texts;
    LONG first = 0;
    LONG last = -1;
    if (SafeArrayGetDim(value.parray) != 1 || FAILED(SafeArrayGetLBound(value.parray, 1, &first))
        || FAILED(SafeArrayGetUBound(value.parray, 1, &last)))
    {
        return std::monostate();
    }
    for (LONG i = first; i <= last; ++i)
    {
        Bstr text;
        if (FAILED(SafeArrayGetElement(value.parray, &i, text.Receive())))
        {
            return std::monostate();
        }
        texts.push_back(text.Text());
    }
    return texts;
}

/// WMI hands 64-bit numbers out as texts.
WmiValue NumberIn(const std::string& text, bool isSigned)
{
    const char* const end = text.data() + text.size();
    std::int64_t negative = 0;
    std::uint64_t number = 0;
    if (isSigned && text.starts_with('-') && std::from_chars(text.data(), end, negative).ptr == end)
    {
        return static_cast<std::uint64_t>(negative);
    }
    const auto [last, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && last == end ? WmiValue(number) : WmiValue();
}

WmiValue FromVariant(const VARIANT& value, CIMTYPE type)
{
    switch (value.vt)
    {
    case VT_BOOL:
        return value.boolVal != VARIANT_FALSE;
    case VT_UI1:
        return std::uint64_t{value.bVal};
    case VT_I2:
        return static_cast<std::uint64_t>(std::int64_t{value.iVal});
    case VT_I4:
        return type == CIM_UINT32 ? WmiValue(std::uint64_t{static_cast<std::uint32_t>(value.lVal)})
                                  : WmiValue(static_cast<std::uint64_t>(std::int64_t{value.lVal}));
    case VT_BSTR:
        return type == CIM_UINT64 || type == CIM_SINT64 ? NumberIn(TextOf(value.bstrVal), type == CIM_SINT64)
                                                        : WmiValue(TextOf(value.bstrVal));
    case VT_ARRAY | VT_BSTR:
        return TextsOf(value);
    default:
        return std::monostate();
    }
}

/// Numbers as WMI wants them: up to 32 bits as they are, larger ones as text.
void ToVariant(std::uint64_t number, VARIANT& variant)
{
    if (number <= INT32_MAX)
    {
        variant.vt = VT_I4;
        variant.lVal = static_cast<LONG>(number);
        return;
    }
    variant.vt = VT_BSTR;
    variant.bstrVal = Bstr(std::to_string(number)).Release();
}

void ToVariant(const std::vector<std::string>& texts, VARIANT& variant)
{
    SAFEARRAY* const array = SafeArrayCreateVector(VT_BSTR, 0, static_cast<ULONG>(texts.size()));
    for (LONG i = 0; array != nullptr && i < static_cast<LONG>(texts.size()); ++i)
    {
        SafeArrayPutElement(array, &i, Bstr(texts[static_cast<std::size_t>(i)]).Get());
    }
    variant.vt = VT_ARRAY | VT_BSTR;
    variant.parray = array;
}

void ToVariant(const WmiValue& value, VARIANT& variant)
{
    if (const auto* flag = std::get_if<bool>(&value))
    {
        variant.vt = VT_BOOL;
        variant.boolVal = *flag ? VARIANT_TRUE : VARIANT_FALSE;
    }
    else if (const auto* number = std::get_if<std::uint64_t>(&value))
    {
        ToVariant(*number, variant);
    }
    else if (const auto* text = std::get_if<std::string>(&value))
    {
        variant.vt = VT_BSTR;
        variant.bstrVal = Bstr(*text).Release();
    }
    else if (const auto* texts = std::get_if<std::vector<std::string>>(&value))
    {
        ToVariant(*texts, variant);
    }
    else
    {
        variant.vt = VT_NULL;
    }
}

WmiValue ReadProperty(IWbemClassObject& object, const std::string& name)
{
    Received value;
    CIMTYPE type = 0;
    if (FAILED(object.Get(Wide(name).c_str(), 0, value.Receive(), &type, nullptr)))
    {
        return std::monostate();
    }
    return FromVariant(value.Get(), type);
}

WmiRow ReadRow(IWbemClassObject& object, const std::vector<std::string>& properties)
{
    WmiRow row;
    for (const std::string& property : properties)
    {
        row.Set(property, ReadProperty(object, property));
    }
    return row;
}

// ---- Queries

Answer<std::vector<WmiRow>> ReadRows(IEnumWbemClassObject& objects, const std::string& query,
    const std::vector<std::string>& properties, const Wait& wait)
{
    std::vector<WmiRow> rows;
    while (!wait.IsOver())
    {
        ComPtr<IWbemClassObject> object;
        ULONG count = 0;
        const HRESULT result = objects.Next(kSliceMilliseconds, 1, object.Receive(), &count);
        if (FAILED(result))
        {
            return MeansNoSuchThing(result) ? Answer<std::vector<WmiRow>>(Absent{})
                                            : WmiFailure(result, "IEnumWbemClassObject::Next", query);
        }
        if (object)
        {
            rows.push_back(ReadRow(*object.Get(), properties));
        }
        else if (result != static_cast<HRESULT>(WBEM_S_TIMEDOUT))
        {
            return rows;
        }
    }
    return wait.WhyOver(query);
}

// ---- Methods

/// The method's parameters, filled in; null where it takes none.
Answer<ComPtr<IWbemClassObject>> MakeParameters(IWbemServices& services, const WmiCall& call)
{
    ComPtr<IWbemClassObject> definition;
    HRESULT result =
        services.GetObject(Bstr(call.className).Get(), 0, nullptr, definition.Receive(), nullptr);
    if (FAILED(result))
    {
        return WmiFailure(result, "IWbemServices::GetObject", call.className);
    }
    ComPtr<IWbemClassObject> signature;
    result = definition->GetMethod(Wide(call.method).c_str(), 0, signature.Receive(), nullptr);
    if (FAILED(result))
    {
        return WmiFailure(result, "IWbemClassObject::GetMethod", call.method);
    }
    ComPtr<IWbemClassObject> parameters;
    if (!signature)
    {
        return parameters;
    }
    result = signature->SpawnInstance(0, parameters.Receive());
    for (const auto& [name, value] : call.parameters)
    {
        Received variant;
        ToVariant(value, *variant.Receive());
        result = FAILED(result) ? result : parameters->Put(Wide(name).c_str(), 0, variant.Receive(), 0);
    }
    if (FAILED(result))
    {
        return WmiFailure(result, "IWbemClassObject::Put", call.method);
    }
    return parameters;
}

Status JudgeReturn(IWbemClassObject* results, const WmiCall& call)
{
    const WmiRow row = results == nullptr ? WmiRow() : ReadRow(*results, {"ReturnValue"});
    const std::uint64_t value = row.Number("ReturnValue").value_or(0);
    return value == 0 ? Status::Done()
                      : Status(FailureFrom(static_cast<std::uint32_t>(value), call.className, call.method));
}

/// What the method gave back; null for a method without results.
Answer<ComPtr<IWbemClassObject>> AwaitResults(IWbemCallResult& running, const WmiCall& call, const Wait& wait)
{
    while (!wait.IsOver())
    {
        LONG status = 0;
        const HRESULT result = running.GetCallStatus(kSliceMilliseconds, &status);
        if (result == static_cast<HRESULT>(WBEM_S_TIMEDOUT))
        {
            continue;
        }
        if (FAILED(result) || FAILED(static_cast<HRESULT>(status)))
        {
            return WmiFailure(FAILED(result) ? result : status, call.className, call.method);
        }
        ComPtr<IWbemClassObject> results;
        static_cast<void>(running.GetResultObject(kSliceMilliseconds, results.Receive()));
        if (const Status judged = JudgeReturn(results.Get(), call); !judged)
        {
            return judged.Error();
        }
        return results;
    }
    return wait.WhyOver(call.method);
}

Answer<ComPtr<IWbemClassObject>> Execute(IWbemServices& services, const WmiCall& call, const Wait& wait)
{
    const auto parameters = MakeParameters(services, call);
    if (!parameters)
    {
        return parameters.Error();
    }
    ComPtr<IWbemCallResult> running;
    const std::string& object = call.object.empty() ? call.className : call.object;
    const HRESULT result = services.ExecMethod(Bstr(object).Get(), Bstr(call.method).Get(),
        WBEM_FLAG_RETURN_IMMEDIATELY, nullptr, parameters->Get(), nullptr, running.Receive());
    if (FAILED(result))
    {
        return WmiFailure(result, "IWbemServices::ExecMethod", call.method);
    }
    if (!running)
    {
        return FailureFrom(code::kNotSupported, "IWbemServices::ExecMethod", call.method);
    }
    SetBlanket(running.Get());
    return AwaitResults(*running.Get(), call, wait);
}

/// The object in a property; null where there is none.
ComPtr<IWbemClassObject> ReadObject(IWbemClassObject& holder, const std::string& name)
{
    Received value;
    ComPtr<IWbemClassObject> object;
    if (SUCCEEDED(holder.Get(Wide(name).c_str(), 0, value.Receive(), nullptr, nullptr))
        && value.Get().vt == VT_UNKNOWN && value.Get().punkVal != nullptr)
    {
        static_cast<void>(value.Get().punkVal->QueryInterface(
            guid::kIWbemClassObject, reinterpret_cast<void**>(object.Receive())));
    }
    return object;
}

} // namespace

Answer<std::vector<WmiRow>> QueryWmi(const std::string& space, const std::string& query,
    const std::vector<std::string>& properties, const Wait& wait)
{
    const ComApartment apartment;
    const auto services = Connect(space);
    if (!services)
    {
        return services.HasFailed() ? Answer<std::vector<WmiRow>>(services.Error()) : Absent{};
    }
    ComPtr<IEnumWbemClassObject> objects;
    const HRESULT result = (*services)->ExecQuery(Bstr("WQL").Get(), Bstr(query).Get(),
        WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY, nullptr, objects.Receive());
    if (FAILED(result))
    {
        return MeansNoSuchThing(result) ? Answer<std::vector<WmiRow>>(Absent{})
                                        : WmiFailure(result, "IWbemServices::ExecQuery", query);
    }
    SetBlanket(objects.Get());
    return ReadRows(*objects.Get(), query, properties, wait);
}

Status CallWmiMethod(const WmiCall& call, const Wait& wait)
{
    const ComApartment apartment;
    const auto services = Connect(call.space);
    if (!services)
    {
        return services.HasFailed() ? services.Error()
                                    : FailureFrom(WBEM_E_INVALID_NAMESPACE, "connect", call.space);
    }
    const auto results = Execute(*services->Get(), call, wait);
    return results ? Status::Done() : Status(results.Error());
}

Answer<WmiRow> ReadWmiResult(const WmiCall& call, const std::string& result,
    const std::vector<std::string>& properties, const Wait& wait)
{
    const ComApartment apartment;
    const auto services = Connect(call.space);
    if (!services)
    {
        return services.HasFailed() ? Answer<WmiRow>(services.Error()) : Absent{};
    }
    const auto results = Execute(*services->Get(), call, wait);
    if (!results)
    {
        return MeansNoSuchThing(static_cast<HRESULT>(results.Error().code)) ? Answer<WmiRow>(Absent{})
                                                                            : results.Error();
    }
    const ComPtr<IWbemClassObject> object =
        *results ? ReadObject(*results->Get(), result) : ComPtr<IWbemClassObject>();
    if (!object)
    {
        return FailureFrom(code::kInvalidData, call.method, result);
    }
    return ReadRow(*object.Get(), properties);
}

} // namespace mars
