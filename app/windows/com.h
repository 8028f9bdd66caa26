// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"
#include "wide.h"

#include <objbase.h>
#include <oleauto.h>

#include <string>

namespace mars
{

/// COM for the life of one answer. A thread that already is in an apartment stays in it.
class ComApartment
{
public:
    ComApartment() : m_entered(SUCCEEDED(CoInitializeEx(nullptr, COINIT_MULTITHREADED))) {}
    ~ComApartment()
    {
        if (m_entered)
        {
            CoUninitialize();
        }
    }
    ComApartment(const ComApartment&) = delete;
    ComApartment& operator=(const ComApartment&) = delete;

private:
    bool m_entered;
};

struct ComReleaser
{
    static void Close(IUnknown* object)
    {
        object->Release();
    }
};

template <class T>
class ComPtr : public Unique<T*, ComReleaser>
{
public:
    using Unique<T*, ComReleaser>::Unique;
    T* operator->() const
    {
        return this->Get();
    }
};

struct BstrCloser
{
    static void Close(BSTR text)
    {
        SysFreeString(text);
    }
};

/// A text that COM allocates: pass Receive() to a getter, Get() to a method.
class Bstr : public Unique<BSTR, BstrCloser>
{
public:
    Bstr() = default;
    explicit Bstr(std::string_view text) : Unique(Allocate(Wide(text))) {}
    std::string Text() const
    {
        return Get() ? Narrow({Get(), SysStringLen(Get())}) : std::string();
    }

private:
    static BSTR Allocate(const std::wstring& text)
    {
        return SysAllocStringLen(text.data(), static_cast<UINT>(text.size()));
    }
};

/// VT_EMPTY unless made from a value; cleared at the end.
class Variant
{
public:
    Variant()
    {
        VariantInit(&m_value);
    }
    explicit Variant(LONG number) : Variant()
    {
        m_value.vt = VT_I4;
        m_value.lVal = number;
    }
    explicit Variant(std::string_view text) : Variant()
    {
        m_value.vt = VT_BSTR;
        m_value.bstrVal = Bstr(text).Release();
    }
    ~Variant()
    {
        VariantClear(&m_value);
    }
    Variant(const Variant&) = delete;
    Variant& operator=(const Variant&) = delete;

    /// A copy of the bits, as COM methods take it; this object stays the owner.
    const VARIANT& Get() const
    {
        return m_value;
    }

private:
    VARIANT m_value;
};

} // namespace mars
