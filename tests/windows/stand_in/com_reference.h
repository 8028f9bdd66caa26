// SPDX-License-Identifier: MIT
#pragma once

#include <windows.h>

#include <oleauto.h>
#include <unknwn.h>

#include <memory>
#include <string>

namespace stand_in
{

struct Releaser
{
    void operator()(IUnknown* object) const
    {
        object->Release();
    }
};
/// A reference that somebody gave us.
template <typename Interface>
using Ref = std::unique_ptr<Interface, Releaser>;

/// A text to hand over in a call.
struct OwnedBstr
{
    explicit OwnedBstr(const wchar_t* text) : bstr(SysAllocString(text)) {}
    explicit OwnedBstr(const std::wstring& text) : OwnedBstr(text.c_str()) {}
    OwnedBstr(const OwnedBstr&) = delete;
    OwnedBstr& operator=(const OwnedBstr&) = delete;
    ~OwnedBstr()
    {
        SysFreeString(bstr);
    }
    BSTR bstr;
};

} // namespace stand_in
