// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "machine.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// WMI, for what nothing else answers. Each call is a connection of its own and ends with its wait.
namespace mars
{

/// A value of WMI. `monostate` is NULL. Signed numbers below zero keep their bits (64 of them).
using WmiValue = std::variant<std::monostate, bool, std::uint64_t, std::string, std::vector<std::string>>;

/// An object's properties, or what a method gave back.
class WmiRow
{
public:
    void Set(const std::string& property, WmiValue value)
    {
        m_values[property] = std::move(value);
    }

    // Nothing: the property is NULL, of another type, or the class of this Windows does not have it.

    std::optional<std::string> Text(const std::string& property) const
    {
        return Get<std::string>(property);
    }
    std::optional<std::uint64_t> Number(const std::string& property) const
    {
        return Get<std::uint64_t>(property);
    }
    std::optional<bool> Flag(const std::string& property) const
    {
        return Get<bool>(property);
    }
    std::optional<std::vector<std::string>> Texts(const std::string& property) const
    {
        return Get<std::vector<std::string>>(property);
    }

private:
    template <class T>
    std::optional<T> Get(const std::string& property) const
    {
        const auto found = m_values.find(property);
        const T* value = found == m_values.end() ? nullptr : std::get_if<T>(&found->second);
        return value == nullptr ? std::nullopt : std::optional<T>(*value);
    }

    std::map<std::string, WmiValue> m_values;
};

/// The objects that a query finds: "SELECT * FROM Win32_ShadowStorage" in "root\\cimv2". Only the named
/// properties are read; "__PATH" is the object's own path, for CallWmiMethod. Absent: Windows has no such
/// namespace or class.
Answer<std::vector<WmiRow>> QueryWmi(const std::string& space, const std::string& query,
    const std::vector<std::string>& properties, const Wait& wait);

struct WmiCall
{
    std::string space;
    /// Whose definition names the method's parameters.
    std::string className;
    /// The path of an object; empty: a static method.
    std::string object;
    std::string method;
    /// What the method takes; parameters that are not named stay NULL.
    std::vector<std::pair<std::string, WmiValue>> parameters;
};

/// Fails with the method's own ReturnValue where that is not 0. Where the wait ends first the method may
/// still be at work, so read back what it was to change.
Status CallWmiMethod(const WmiCall& call, const Wait& wait);

/// Calls a method that gives an object back in its parameter `result`, and reads the named properties of that
/// object. Absent: Windows has no such namespace or class.
Answer<WmiRow> ReadWmiResult(const WmiCall& call, const std::string& result,
    const std::vector<std::string>& properties, const Wait& wait);

} // namespace mars
