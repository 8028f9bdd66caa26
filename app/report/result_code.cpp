// SPDX-License-Identifier: MIT
#include "result_code.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mars
{

namespace
{

constexpr std::string_view kPrefix = "M1";
/// Crockford's base 32: no I, L, O and U.
constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr unsigned kBitsOfDigit = 5;
constexpr std::size_t kCheckDigits = 2;
constexpr std::size_t kGroup = 4;

constexpr unsigned kBitsOfCount = 7;
constexpr unsigned kBitsOfCause = 7;
constexpr unsigned kBitsOfState = 2;

/// What two bits say.
constexpr std::array kStates{CodedResult{nullptr, OutcomeKind::kProblem, Level::kError},
    CodedResult{nullptr, OutcomeKind::kProblem, Level::kWarning},
    CodedResult{nullptr, OutcomeKind::kProblem, Level::kAdvice},
    CodedResult{nullptr, OutcomeKind::kCouldNotCheck, Level::kError}};

using Bits = std::vector<bool>;

void Append(Bits& bits, std::size_t value, unsigned count)
{
    for (unsigned i = count; i-- > 0;)
    {
        bits.push_back((value >> i & 1) != 0);
    }
}

/// Advances `at`; the bits behind the end are 0.
std::size_t Take(const Bits& bits, std::size_t& at, unsigned count)
{
    std::size_t value = 0;
    for (unsigned i = 0; i < count; ++i, ++at)
    {
        value = value << 1 | (at < bits.size() && bits[at] ? 1 : 0);
    }
    return value;
}

/// CRC-10 (x^10 + x^9 + x^5 + x^4 + x + 1): finds every change within ten bits, so every wrong digit and
/// every pair of neighbours that changed places.
std::size_t ChecksumOf(const Bits& bits)
{
    constexpr std::size_t kPolynomial = 0x233;
    constexpr std::size_t kStart = 0x3FF;
    std::size_t sum = kStart;
    for (const bool bit : bits)
    {
        const bool feedback = (sum >> 9 & 1) != static_cast<std::size_t>(bit);
        sum = (sum << 1 & 0x3FF) ^ (feedback ? kPolynomial : 0);
    }
    return sum;
}

std::string Grouped(const std::string& digits)
{
    std::string text(kPrefix);
    for (std::size_t i = 0; i < digits.size(); ++i)
    {
        text += i % kGroup == 0 ? "-" : "";
        text += digits[i];
    }
    return text;
}

/// Upper case without blanks and hyphens, with the digits that look-alikes are meant for.
std::string Plain(std::string_view text)
{
    std::string plain;
    for (const char c : text)
    {
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (upper != ' ' && upper != '-')
        {
            plain += upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
        }
    }
    return plain;
}

std::optional<std::size_t> StateOf(const Outcome& outcome)
{
    const auto found = std::ranges::find_if(kStates, [&](const CodedResult& state) {
        return state.kind == outcome.kind && (!outcome.IsProblem() || state.level == outcome.level);
    });
    return found == kStates.end() ? std::nullopt
                                  : std::optional(static_cast<std::size_t>(found - kStates.begin()));
}

/// The bits of the digits, the check digits' apart; nothing when one is none.
std::optional<Bits> BitsOf(std::string_view digits)
{
    Bits bits;
    for (const char digit : digits)
    {
        const std::size_t value = kDigits.find(digit);
        if (value == std::string_view::npos)
        {
            return std::nullopt;
        }
        Append(bits, value, kBitsOfDigit);
    }
    return bits;
}

} // namespace

std::string ResultCode(const RunReport& report, std::span<const RootCause* const> causes)
{
    Bits bits;
    // Another catalogue would read other root causes out of the same numbers.
    Append(bits, causes.size(), kBitsOfCount);
    for (std::size_t i = 0; i < causes.size(); ++i)
    {
        const auto check = std::ranges::find(
            report.checks, causes[i], [](const ReportedCheck& reported) { return reported.result.cause; });
        const auto state = check == report.checks.end() ? std::nullopt : StateOf(check->result.outcome);
        if (state)
        {
            // 0 is the end, so that what fills the last digit means nothing.
            Append(bits, i + 1, kBitsOfCause);
            Append(bits, *state, kBitsOfState);
        }
    }
    bits.resize((bits.size() + kBitsOfDigit - 1) / kBitsOfDigit * kBitsOfDigit);
    Append(bits, ChecksumOf(bits), kCheckDigits * kBitsOfDigit);
    std::string digits;
    for (std::size_t at = 0; at < bits.size();)
    {
        digits += kDigits[Take(bits, at, kBitsOfDigit)];
    }
    return Grouped(digits);
}

bool IsResultCode(std::string_view text)
{
    const std::string plain = Plain(text);
    constexpr std::size_t kShortest = 6;
    return text.size() > kPrefix.size() && plain.starts_with(kPrefix) && plain.size() >= kShortest
        && text.find('-') != std::string_view::npos;
}

std::optional<std::vector<CodedResult>> ReadResultCode(
    std::string_view text, std::span<const RootCause* const> causes)
{
    const std::string plain = Plain(text);
    if (!plain.starts_with(kPrefix))
    {
        return std::nullopt;
    }
    auto bits = BitsOf(std::string_view(plain).substr(kPrefix.size()));
    if (!bits || bits->size() < (2 + kCheckDigits) * kBitsOfDigit)
    {
        return std::nullopt;
    }
    std::size_t end = bits->size() - kCheckDigits * kBitsOfDigit;
    const std::size_t written = end;
    const std::size_t sum = Take(*bits, end, kCheckDigits * kBitsOfDigit);
    bits->resize(written);
    std::size_t at = 0;
    if (ChecksumOf(*bits) != sum || Take(*bits, at, kBitsOfCount) != causes.size())
    {
        return std::nullopt;
    }
    std::vector<CodedResult> results;
    while (at + kBitsOfCause + kBitsOfState <= bits->size())
    {
        const std::size_t number = Take(*bits, at, kBitsOfCause);
        const std::size_t state = Take(*bits, at, kBitsOfState);
        if (number == 0)
        {
            break;
        }
        if (number > causes.size())
        {
            return std::nullopt;
        }
        results.push_back(kStates[state]);
        results.back().cause = causes[number - 1];
    }
    return results;
}

} // namespace mars
