// SPDX-License-Identifier: MIT
#include "certificates.h"

#include "certificate_calls.h"
#include "error.h"
#include "wide.h"

namespace mars
{

Answer<CertificateList> AskWindows(const ListCertificates& question, const WindowsMachineOptions&, const Wait& wait)
{
    constexpr DWORD kFlags =
        CERT_SYSTEM_STORE_LOCAL_MACHINE | CERT_STORE_READONLY_FLAG | CERT_STORE_OPEN_EXISTING_FLAG;
    const UniqueStore store(
        Crypt().openStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, kFlags, Wide(question.store).c_str()));
    if (!store)
    {
        const Failure failure = LastFailure("CertOpenStore", question.store);
        return MeansAbsent(failure.code) ? Answer<CertificateList>(Absent{}) : failure;
    }
    CertificateList list;
    // Each call frees the certificate it is given.
    UniqueContext certificate(Crypt().nextInStore(store.Get(), nullptr));
    for (; certificate; certificate = UniqueContext(Crypt().nextInStore(store.Get(), certificate.Release())))
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list certificates of " + question.store);
        }
        list.certificates.push_back(DescribeCertificate(certificate.Get()));
    }
    return list;
}

} // namespace mars
