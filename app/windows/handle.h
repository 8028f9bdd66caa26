// SPDX-License-Identifier: MIT
#pragma once

// Every header of this folder leads here, so a target without this definition cannot reach Windows by
// accident.
#if !defined(MARS_WINDOWS_LAYER)
#error "Only the Windows layer, its tests and the mains may include <windows.h>; ask the machine instead."
#endif

#include <winsock2.h>

#include <windows.h>
#include <winsvc.h>

#include <memory>
#include <utility>

// Macros that would rename members of MachineChanger.
#undef ReplaceFile
#undef StartService

namespace mars
{

/// Owns one value that `Closer::Close` gives back. Both "null" and -1 (INVALID_HANDLE_VALUE, INVALID_SOCKET)
/// mean "none", because Windows uses either.
template <class T, class Closer>
class Unique
{
public:
    Unique() = default;
    explicit Unique(T value) : m_value(value) {}
    Unique(Unique&& other) noexcept : m_value(other.Release()) {}
    Unique& operator=(Unique&& other) noexcept
    {
        Reset(other.Release());
        return *this;
    }
    ~Unique()
    {
        Reset();
    }

    explicit operator bool() const
    {
        return m_value != T{} && m_value != (T)-1;
    }
    T Get() const
    {
        return m_value;
    }
    T Release()
    {
        return std::exchange(m_value, T{});
    }
    void Reset(T value = T{})
    {
        if (*this && m_value != value)
        {
            Closer::Close(m_value);
        }
        m_value = value;
    }
    /// For out parameters: closes what is held.
    T* Receive()
    {
        Reset();
        return &m_value;
    }

private:
    T m_value{};
};

struct HandleCloser
{
    static void Close(HANDLE handle)
    {
        CloseHandle(handle);
    }
};
struct FindCloser
{
    static void Close(HANDLE find)
    {
        FindClose(find);
    }
};
struct KeyCloser
{
    static void Close(HKEY key)
    {
        RegCloseKey(key);
    }
};
struct ServiceCloser
{
    static void Close(SC_HANDLE service)
    {
        CloseServiceHandle(service);
    }
};
using UniqueHandle = Unique<HANDLE, HandleCloser>;
using UniqueFind = Unique<HANDLE, FindCloser>;
using UniqueKey = Unique<HKEY, KeyCloser>;
using UniqueService = Unique<SC_HANDLE, ServiceCloser>;

/// For what LocalAlloc made: texts of SIDs, security descriptors, messages.
struct LocalFreer
{
    void operator()(void* memory) const
    {
        LocalFree(memory);
    }
};
template <class T>
using UniqueLocal = std::unique_ptr<T, LocalFreer>;

} // namespace mars
