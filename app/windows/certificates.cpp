// SPDX-License-Identifier: MIT
#include "certificates.h"

#include "certificate_calls.h"
#include "error.h"
#include "questions/certificates.h"
#include "wide.h"

namespace mars
{

namespace
{

/// A store of this computer, for reading. Absent: there is none of that name.
Answer<UniqueStore> OpenStore(const std::string& name)
{
    constexpr DWORD kFlags =
        CERT_SYSTEM_STORE_LOCAL_MACHINE | CERT_STORE_READONLY_FLAG | CERT_STORE_OPEN_EXISTING_FLAG;
    UniqueStore store(Crypt().openStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, kFlags, Wide(name).c_str()));
    if (!store)
    {
        const Failure failure = LastFailure("CertOpenStore", name);
        return MeansAbsent(failure.code) ? Answer<UniqueStore>(Absent{}) : failure;
    }
    return store;
}

} // namespace

Answer<CertificateList> AskWindows(
    const ListCertificates& question, const WindowsMachineOptions&, const Wait& wait)
{
    const auto store = OpenStore(question.store);
    if (!store)
    {
        return store.HasFailed() ? Answer<CertificateList>(store.Error()) : Absent{};
    }
    CertificateList list;
    // Each call frees the certificate it is given.
    UniqueContext certificate(Crypt().nextInStore(store->Get(), nullptr));
    for (; certificate; certificate = UniqueContext(Crypt().nextInStore(store->Get(), certificate.Release())))
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list certificates of " + question.store);
        }
        list.certificates.push_back(DescribeCertificate(certificate.Get()));
    }
    return list;
}

Answer<CertificatePresence> AskWindows(
    const FindCertificates& question, const WindowsMachineOptions&, const Wait&)
{
    const auto store = OpenStore(question.store);
    if (!store)
    {
        return store.HasFailed() ? Answer<CertificatePresence>(store.Error()) : Absent{};
    }
    CertificatePresence presence;
    for (const std::string& thumbprint : question.wanted)
    {
        if (HoldsCertificate(store->Get(), thumbprint))
        {
            presence.present.push_back(thumbprint);
        }
    }
    return presence;
}

} // namespace mars
