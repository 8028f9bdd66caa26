// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace mars
{

/// Codes of this program's own failures, chosen from winerror.h so that one number space is enough.
namespace code
{
inline constexpr std::uint32_t kAccessDenied = 5;
inline constexpr std::uint32_t kInvalidData = 13;
/// An API that failed without saying why, or a question this machine cannot answer (ERROR_NOT_SUPPORTED).
inline constexpr std::uint32_t kNotSupported = 50;
inline constexpr std::uint32_t kCancelled = 1223;
inline constexpr std::uint32_t kInternalError = 1359;
inline constexpr std::uint32_t kTimeout = 1460;
/// The object is no longer as it was when the plan was made (ERROR_INVALID_STATE).
inline constexpr std::uint32_t kChangedSince = 5023;
/// A recording does not hold the answer (ERROR_NOT_FOUND).
inline constexpr std::uint32_t kNotRecorded = 1168;
} // namespace code

/// Why a question was not answered or a change not made.
struct Failure
{
    /// Win32 error or HRESULT as an unsigned number; never 0.
    std::uint32_t code = code::kNotSupported;
    /// What was tried, on what. English and for the technical evidence only; screens explain the code.
    std::string what;

    bool operator==(const Failure&) const = default;
};

/// The thing asked for does not exist. This is an answer, not a failure.
struct Absent
{
    bool operator==(const Absent&) const = default;
};

/// A machine's answer: a value, "there is none", or a failure with its code. The three are never mixed up.
template <class T>
class [[nodiscard]] Answer
{
public:
    using Value = T;

    Answer(T value) : m_state(std::move(value)) {}
    Answer(Absent) : m_state(Absent{}) {}
    Answer(Failure failure) : m_state(std::move(failure)) {}

    bool HasValue() const
    {
        return std::holds_alternative<T>(m_state);
    }
    bool IsAbsent() const
    {
        return std::holds_alternative<Absent>(m_state);
    }
    bool HasFailed() const
    {
        return std::holds_alternative<Failure>(m_state);
    }
    explicit operator bool() const
    {
        return HasValue();
    }

    /// Only when HasValue().
    const T& operator*() const
    {
        return std::get<T>(m_state);
    }
    T& operator*()
    {
        return std::get<T>(m_state);
    }
    const T* operator->() const
    {
        return &std::get<T>(m_state);
    }
    T* operator->()
    {
        return &std::get<T>(m_state);
    }

    /// Only when HasFailed().
    const Failure& Error() const
    {
        return std::get<Failure>(m_state);
    }

    T ValueOr(T other) const
    {
        return HasValue() ? std::get<T>(m_state) : std::move(other);
    }

    bool operator==(const Answer&) const = default;

private:
    std::variant<T, Absent, Failure> m_state;
};

/// The result of a change: done, or why not.
class [[nodiscard]] Status
{
public:
    static Status Done()
    {
        return Status();
    }
    Status(Failure failure) : m_failure(std::move(failure)) {}

    bool Ok() const
    {
        return !m_failure;
    }
    explicit operator bool() const
    {
        return Ok();
    }
    const Failure& Error() const
    {
        return *m_failure;
    }

    bool operator==(const Status&) const = default;

private:
    Status() = default;
    std::optional<Failure> m_failure;
};

} // namespace mars
