// SPDX-License-Identifier: MIT
#include "service_images.h"

#include "handle.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "registry.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr const char* kServices = "HKLM\\SYSTEM\\CurrentControlSet\\Services";
constexpr std::size_t kMostServices = 4000;

Answer<RegistryValue> ValueAt(const std::string& key, const char* name)
{
    return AskWindows(ReadRegistryValue{{key, name}}, {}, {});
}

StartType StartTypeOf(const std::string& key)
{
    const auto number = [&](const char* name) {
        const Answer<RegistryValue> value = ValueAt(key, name);
        return value ? value->AsDword() : std::nullopt;
    };
    switch (number("Start").value_or(SERVICE_DEMAND_START))
    {
    case SERVICE_AUTO_START:
        return number("DelayedAutostart").value_or(0) != 0 ? StartType::kAutomaticDelayed
                                                           : StartType::kAutomatic;
    case SERVICE_DEMAND_START:
        return StartType::kManual;
    case SERVICE_DISABLED:
        return StartType::kDisabled;
    default:
        return StartType::kDriver;
    }
}

/// Absent: the key is none of a service. Programs keep other things there too, and those have no type.
Answer<ServiceImage> Describe(const std::string& name)
{
    const std::string key = std::string(kServices) + "\\" + name;
    const Answer<RegistryValue> type = ValueAt(key, "Type");
    const auto kind = type ? type->AsDword() : std::nullopt;
    if (!kind)
    {
        return type.HasFailed() ? Answer<ServiceImage>(type.Error()) : Absent{};
    }
    const Answer<RegistryValue> image = ValueAt(key, "ImagePath");
    if (image.HasFailed())
    {
        return image.Error();
    }
    ServiceImage service;
    service.name = name;
    service.imagePath = image ? image->AsString().value_or("") : std::string();
    service.driver = (*kind & SERVICE_DRIVER) != 0;
    service.startType = StartTypeOf(key);
    return service;
}

} // namespace

/// From the registry and not through the service manager: that one expands variables, and it is the registry
/// that Windows Server Backup reads.
Answer<ServiceImageList> AskWindows(const ListServiceImages&, const WindowsMachineOptions&, const Wait& wait)
{
    const Answer<RegistryKeyContent> content = AskWindows(ListRegistryKey{kServices}, {}, wait);
    if (!content)
    {
        return content.HasFailed() ? Answer<ServiceImageList>(content.Error()) : Absent{};
    }
    ServiceImageList list;
    for (const std::string& name : content->keys)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list files of services");
        }
        const Answer<ServiceImage> service = Describe(name);
        if (service.HasFailed())
        {
            return service.Error();
        }
        if (service && list.services.size() < kMostServices)
        {
            list.services.push_back(*service);
        }
    }
    std::ranges::sort(list.services, {}, &ServiceImage::name);
    return list;
}

} // namespace mars
