// SPDX-License-Identifier: MIT
#pragma once

#include "com_reference.h"

#include <windows.h>

#include <oaidl.h>
#include <oleauto.h>

#include <atomic>
#include <string>
#include <utility>
#include <vector>

/// The least of COM that an in-process server of scripting interfaces needs.
namespace stand_in
{

/// How many objects are alive; the DLL may not be unloaded before it is zero.
inline std::atomic<long> liveObjects = 0;

template <typename Interface>
class Unknown : public Interface
{
public:
    Unknown()
    {
        ++liveObjects;
    }
    Unknown(const Unknown&) = delete;
    Unknown& operator=(const Unknown&) = delete;

    STDMETHODIMP QueryInterface(REFIID id, void** object) override
    {
        if (object == nullptr)
            return E_POINTER;
        *object = nullptr;
        if (!Is(id))
            return E_NOINTERFACE;
        this->AddRef();
        *object = static_cast<Interface*>(this);
        return S_OK;
    }
    STDMETHODIMP_(ULONG) AddRef() override
    {
        return static_cast<ULONG>(++m_references);
    }
    STDMETHODIMP_(ULONG) Release() override
    {
        const long left = --m_references;
        if (left == 0)
            delete this;
        return static_cast<ULONG>(left);
    }

protected:
    virtual ~Unknown()
    {
        --liveObjects;
    }
    virtual bool Is(REFIID id) const
    {
        return id == __uuidof(IUnknown) || id == __uuidof(Interface);
    }

private:
    std::atomic<long> m_references = 1;
};

/// A dual interface that is only ever called through its vtable.
template <typename Interface>
class Dispatch : public Unknown<Interface>
{
public:
    STDMETHODIMP GetTypeInfoCount(UINT* count) override
    {
        *count = 0;
        return S_OK;
    }
    STDMETHODIMP GetTypeInfo(UINT, LCID, ITypeInfo**) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP GetIDsOfNames(REFIID, LPOLESTR*, UINT, LCID, DISPID*) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP Invoke(DISPID, REFIID, LCID, WORD, DISPPARAMS*, VARIANT*, EXCEPINFO*, UINT*) override
    {
        return E_NOTIMPL;
    }

protected:
    bool Is(REFIID id) const override
    {
        return id == __uuidof(IDispatch) || Unknown<Interface>::Is(id);
    }
};

inline HRESULT Give(const std::wstring& text, BSTR* out)
{
    if (out == nullptr)
        return E_POINTER;
    *out = SysAllocStringLen(text.data(), static_cast<UINT>(text.size()));
    return *out != nullptr ? S_OK : E_OUTOFMEMORY;
}

template <typename Value>
HRESULT Give(Value value, Value* out)
{
    if (out == nullptr)
        return E_POINTER;
    *out = value;
    return S_OK;
}

template <typename Class, typename Interface, typename... Arguments>
HRESULT GiveNew(Interface** out, Arguments&&... arguments)
{
    if (out == nullptr)
        return E_POINTER;
    *out = new Class(std::forward<Arguments>(arguments)...);
    return S_OK;
}

inline std::wstring Text(BSTR text)
{
    return text == nullptr ? std::wstring() : std::wstring(text, SysStringLen(text));
}

/// Scripts leave an argument out as VT_EMPTY, VT_NULL, VT_ERROR or an empty string.
inline std::wstring Text(const VARIANT& value)
{
    return value.vt == VT_BSTR ? Text(value.bstrVal) : std::wstring();
}

template <typename Element>
class Enumerator final : public Unknown<IEnumVARIANT>
{
public:
    explicit Enumerator(std::vector<Element*> elements, std::size_t next = 0)
        : m_elements(std::move(elements)), m_next(next)
    {
        for (Element* element : m_elements)
            element->AddRef();
    }

    STDMETHODIMP Next(ULONG wanted, VARIANT* values, ULONG* fetched) override
    {
        ULONG given = 0;
        for (; given < wanted && m_next < m_elements.size(); ++given, ++m_next)
        {
            values[given].vt = VT_DISPATCH;
            values[given].pdispVal = m_elements[m_next];
            m_elements[m_next]->AddRef();
        }
        if (fetched != nullptr)
            *fetched = given;
        return given == wanted ? S_OK : S_FALSE;
    }
    STDMETHODIMP Skip(ULONG count) override
    {
        const bool enough = count <= m_elements.size() - m_next;
        m_next = enough ? m_next + count : m_elements.size();
        return enough ? S_OK : S_FALSE;
    }
    STDMETHODIMP Reset() override
    {
        m_next = 0;
        return S_OK;
    }
    STDMETHODIMP Clone(IEnumVARIANT** copy) override
    {
        return GiveNew<Enumerator>(copy, m_elements, m_next);
    }

private:
    ~Enumerator() override
    {
        for (Element* element : m_elements)
            element->Release();
    }

    std::vector<Element*> m_elements;
    std::size_t m_next;
};

/// The Task Scheduler's three collection interfaces have the same methods.
template <typename Interface, typename Element>
class Collection final : public Dispatch<Interface>
{
public:
    explicit Collection(std::vector<Ref<Element>> elements) : m_elements(std::move(elements)) {}

    STDMETHODIMP get_Count(LONG* count) override
    {
        return Give(static_cast<LONG>(m_elements.size()), count);
    }
    STDMETHODIMP get_Item(VARIANT index, Element** element) override
    {
        if (element == nullptr)
            return E_POINTER;
        *element = nullptr;
        VARIANT number;
        VariantInit(&number);
        if (FAILED(VariantChangeType(&number, &index, 0, VT_I4)) || number.lVal < 1
            || static_cast<std::size_t>(number.lVal) > m_elements.size())
            return E_INVALIDARG;
        *element = m_elements[static_cast<std::size_t>(number.lVal) - 1].get();
        (*element)->AddRef();
        return S_OK;
    }
    STDMETHODIMP get__NewEnum(IUnknown** enumerator) override
    {
        std::vector<Element*> elements;
        for (const auto& element : m_elements)
            elements.push_back(element.get());
        return GiveNew<Enumerator<Element>>(enumerator, std::move(elements));
    }

private:
    std::vector<Ref<Element>> m_elements;
};

/// Makes objects of one class.
template <typename Class>
class Factory final : public Unknown<IClassFactory>
{
public:
    STDMETHODIMP CreateInstance(IUnknown* outer, REFIID id, void** object) override
    {
        if (outer != nullptr)
            return CLASS_E_NOAGGREGATION;
        const Ref<Class> made(new Class);
        return made->QueryInterface(id, object);
    }
    STDMETHODIMP LockServer(BOOL lock) override
    {
        liveObjects += lock ? 1 : -1;
        return S_OK;
    }
};

/// What a DLL's DllGetClassObject answers for a class that it has.
template <typename Class>
HRESULT GiveFactory(REFIID id, void** object)
{
    const Ref<IClassFactory> factory(new Factory<Class>);
    return factory->QueryInterface(id, object);
}

} // namespace stand_in
