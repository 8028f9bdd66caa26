// SPDX-License-Identifier: MIT
#pragma once

#include <windows.h>

#include <oleauto.h>
#include <wbemcli.h>

#include <map>
#include <string>
#include <vector>

/// The classes that the stand-in for WMI knows, with the types that Windows gives their values.
namespace stand_in
{

/// A VARIANT that is copied whole.
class Value
{
public:
    Value()
    {
        VariantInit(&m_value);
        m_value.vt = VT_NULL;
    }
    Value(const Value& other) : Value(other.m_value) {}
    explicit Value(const VARIANT& value)
    {
        VariantInit(&m_value);
        // It only reads the second one, which mingw does not know.
        VariantCopy(&m_value, const_cast<VARIANT*>(&value));
    }
    explicit Value(bool flag) : Value()
    {
        m_value.vt = VT_BOOL;
        m_value.boolVal = flag ? VARIANT_TRUE : VARIANT_FALSE;
    }
    explicit Value(LONG number) : Value()
    {
        m_value.vt = VT_I4;
        m_value.lVal = number;
    }
    explicit Value(const std::wstring& text) : Value()
    {
        m_value.vt = VT_BSTR;
        m_value.bstrVal = SysAllocString(text.c_str());
    }
    /// An empty list is NULL.
    explicit Value(const std::vector<std::wstring>& texts);
    explicit Value(IUnknown* object) : Value()
    {
        m_value.vt = VT_UNKNOWN;
        m_value.punkVal = object;
        object->AddRef();
    }
    ~Value()
    {
        VariantClear(&m_value);
    }
    Value& operator=(const Value& other)
    {
        other.CopyTo(m_value);
        return *this;
    }

    const VARIANT& Get() const
    {
        return m_value;
    }
    HRESULT CopyTo(VARIANT& target) const
    {
        return VariantCopy(&target, const_cast<VARIANT*>(&m_value));
    }
    std::vector<std::wstring> Texts() const;

private:
    VARIANT m_value;
};

using Values = std::map<std::wstring, Value>;

struct Member
{
    const wchar_t* name;
    CIMTYPE type;
};

/// All of them are static and give a uint32 ReturnValue.
struct Method
{
    const wchar_t* name;
    std::vector<Member> takes;
    /// An object of type CIM_OBJECT is the one that the class has.
    std::vector<Member> gives;
    DWORD (*run)(const Values& taken);
};

struct Class
{
    const wchar_t* space;
    const wchar_t* name;
    std::vector<Member> properties;
    std::vector<Method> methods;
    std::vector<Values> (*instances)();
};

/// Whether one of the classes lives in this namespace and is installed.
bool HasSpace(const std::wstring& space);
/// Null: there is none of that name.
const Class* FindClass(const std::wstring& space, const std::wstring& name);

} // namespace stand_in
