// SPDX-License-Identifier: MIT
#include "result_code.h"

#include "number.h"
#include "xml_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace mars
{

namespace
{

constexpr std::string_view kPrefix = "M2";
/// Crockford's base 32: no I, L, O and U.
constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr unsigned kBitsOfDigit = 5;
constexpr std::size_t kCheckDigits = 2;
constexpr std::size_t kGroup = 4;

/// A row is the letter of its page, its number and its state: two digits.
constexpr std::string_view kPages = "BVNESRJ";
constexpr unsigned kBitsOfPage = 3;
constexpr unsigned kBitsOfNumber = 5;
constexpr unsigned kBitsOfState = 2;
constexpr unsigned kBitsOfRow = kBitsOfPage + kBitsOfNumber + kBitsOfState;
static_assert(kBitsOfRow % kBitsOfDigit == 0);

/// Version 0.1.0 wrote the number of its rows, then each row's place in its catalogue.
namespace first
{
constexpr std::string_view kPrefix = "M1";
constexpr unsigned kBitsOfCount = 7;
constexpr unsigned kBitsOfPlace = 7;
constexpr std::array<std::string_view, 70> kSteps{"B-1", "B-2", "B-3", "B-4", "B-5", "B-6", "B-7", "B-8",
    "B-9", "B-10", "B-11", "B-12", "B-13", "B-14", "B-15", "V-1", "V-2", "V-3", "V-4", "V-5", "V-6", "V-7",
    "V-8", "V-9", "V-10", "V-12", "N-1", "N-2", "N-3", "N-4", "N-5", "N-6", "N-7", "N-8", "N-9", "E-1", "E-2",
    "E-3", "E-5", "E-6", "E-7", "E-8", "E-9", "E-10", "S-1", "S-2", "S-3", "S-4", "S-5", "S-6", "S-7", "S-8",
    "S-9", "S-10", "S-11", "S-12", "S-13", "S-14", "R-1", "R-3", "R-4", "R-5", "R-6", "R-7", "R-8", "J-1",
    "J-2", "J-3", "J-4", "J-5"};
} // namespace first

struct State
{
    OutcomeKind kind;
    Level level;
};
/// What two bits say.
constexpr std::array kStates{State{OutcomeKind::kProblem, Level::kError},
    State{OutcomeKind::kProblem, Level::kWarning}, State{OutcomeKind::kProblem, Level::kAdvice},
    State{OutcomeKind::kCouldNotCheck, Level::kError}};

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
    const auto found = std::ranges::find_if(kStates, [&](const State& state) {
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

/// The page's place and the number of "B-3"; nothing for a step code that does not fit.
struct Step
{
    std::size_t page = 0;
    std::size_t number = 0;
};
std::optional<Step> StepOf(std::string_view step)
{
    const std::size_t page = step.empty() ? std::string_view::npos : kPages.find(step[0]);
    const auto number = ParseNumber<std::size_t>(step.substr(std::min<std::size_t>(step.size(), 2)));
    const bool good = page != std::string_view::npos && number && *number >> kBitsOfNumber == 0;
    return good ? std::optional(Step{page, *number}) : std::nullopt;
}

CodedResult ResultOf(std::string_view step, std::size_t state, std::span<const RootCause* const> causes)
{
    const auto cause = std::ranges::find(causes, step, &RootCause::code);
    return {cause == causes.end() ? nullptr : *cause, std::string(step), kStates[state].kind,
        kStates[state].level};
}

Failure Damaged()
{
    return {code::kInvalidData, "result code"};
}

Answer<std::vector<CodedResult>> ReadRows(const Bits& bits, std::span<const RootCause* const> causes)
{
    std::vector<CodedResult> results;
    for (std::size_t at = 0; at < bits.size();)
    {
        const std::size_t page = Take(bits, at, kBitsOfPage);
        const std::size_t number = Take(bits, at, kBitsOfNumber);
        const std::size_t state = Take(bits, at, kBitsOfState);
        if (page >= kPages.size())
        {
            return Failure{code::kNewerFormat, "result code: a page that this program does not have"};
        }
        results.push_back(ResultOf(fmt::format("{}-{}", kPages[page], number), state, causes));
    }
    return results;
}

Answer<std::vector<CodedResult>> ReadFirstRows(const Bits& bits, std::span<const RootCause* const> causes)
{
    std::vector<CodedResult> results;
    std::size_t at = 0;
    if (Take(bits, at, first::kBitsOfCount) != first::kSteps.size())
    {
        return Damaged();
    }
    while (at + first::kBitsOfPlace + kBitsOfState <= bits.size())
    {
        const std::size_t place = Take(bits, at, first::kBitsOfPlace);
        const std::size_t state = Take(bits, at, kBitsOfState);
        if (place == 0)
        {
            break;
        }
        if (place > first::kSteps.size())
        {
            return Damaged();
        }
        results.push_back(ResultOf(first::kSteps[place - 1], state, causes));
    }
    return results;
}

/// The digits between prefix and check digits; nothing when the check digits do not fit them.
std::optional<Bits> CheckedBits(std::string_view plain)
{
    auto bits = BitsOf(plain.substr(std::min(plain.size(), kPrefix.size())));
    if (!bits || bits->size() < kCheckDigits * kBitsOfDigit)
    {
        return std::nullopt;
    }
    std::size_t end = bits->size() - kCheckDigits * kBitsOfDigit;
    const std::size_t written = end;
    const std::size_t sum = Take(*bits, end, kCheckDigits * kBitsOfDigit);
    bits->resize(written);
    return ChecksumOf(*bits) == sum ? bits : std::nullopt;
}

/// "M3-...": with the hyphen, because "M365" begins many names.
bool HasNewerPrefix(std::string_view text)
{
    const std::string_view start = Trim(text).substr(0, kPrefix.size() + 1);
    return start.size() > kPrefix.size() && Plain(start.substr(0, 1)) == kPrefix.substr(0, 1)
        && start[1] > kPrefix[1] && start[1] <= '9' && start[2] == '-';
}

} // namespace

std::string ResultCode(std::span<const CheckResult> results, std::span<const RootCause* const> causes)
{
    Bits bits;
    for (const RootCause* cause : causes)
    {
        const auto result = std::ranges::find(results, cause, &CheckResult::cause);
        const auto state = result == results.end() ? std::nullopt : StateOf(result->outcome);
        if (const auto step = StepOf(cause->code); state && step)
        {
            Append(bits, step->page, kBitsOfPage);
            Append(bits, step->number, kBitsOfNumber);
            Append(bits, *state, kBitsOfState);
        }
    }
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
    // "M2" and the check digits: nothing was found.
    const std::size_t shortest = kPrefix.size() + kCheckDigits;
    return plain.size() >= shortest
        && (plain.starts_with(kPrefix) || plain.starts_with(first::kPrefix) || HasNewerPrefix(text))
        && text.find('-') != std::string_view::npos;
}

Answer<std::vector<CodedResult>> ReadResultCode(
    std::string_view text, std::span<const RootCause* const> causes)
{
    const std::string plain = Plain(text);
    const bool isFirst = plain.starts_with(first::kPrefix);
    if (!isFirst && !plain.starts_with(kPrefix))
    {
        return HasNewerPrefix(text) ? Failure{code::kNewerFormat, "result code"} : Damaged();
    }
    const auto bits = CheckedBits(plain);
    if (!bits || (!isFirst && bits->size() % kBitsOfRow != 0))
    {
        return Damaged();
    }
    return isFirst ? ReadFirstRows(*bits, causes) : ReadRows(*bits, causes);
}

} // namespace mars
