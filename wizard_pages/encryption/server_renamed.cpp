// SPDX-License-Identifier: MIT
#include "registered_certificate.h"
#include "root_cause.h"
#include "text.h"

namespace mars::encryption
{
namespace
{

struct HostName
{
    std::string_view host;
    /// Empty: not said.
    std::string_view domain;
};

HostName SplitName(std::string_view name)
{
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos ? HostName{name, {}}
                                         : HostName{name.substr(0, dot), name.substr(dot + 1)};
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const RegisteredCertificate found = FindRegisteredCertificate(machine);
    if (found.end)
    {
        return *found.end;
    }
    Facts facts{{"registered_name", found.certificate.registeredName}};
    const auto context = machine.Ask(ReadContext{});
    if (!context)
    {
        return Outcome::CouldNotCheck(
            context.HasFailed() ? context.Error() : Failure{code::kNotSupported, "read the computer's name"},
            std::move(facts));
    }
    facts["present_name"] =
        context->domain.empty() ? context->computer : context->computer + "." + context->domain;
    const HostName registered = SplitName(found.certificate.registeredName);
    if (!EqualsIgnoreCase(registered.host, context->computer))
    {
        facts["case"] = "renamed";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    // Some certificates hold no domain; then only the host can be compared.
    if (!registered.domain.empty() && !EqualsIgnoreCase(registered.domain, context->domain))
    {
        facts["case"] = "domain_changed";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& ServerRenamed()
{
    static constexpr RootCause kCause{
        "encryption.server_renamed", "E-8", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::encryption
