# SPDX-License-Identifier: MIT
"""The test authority of a demonstration server, and certificates with chosen names and dates, made by openssl."""

import datetime
import hashlib
import pathlib
import subprocess
import tempfile
import threading

CONFIGURATION = """
[ca]
default_ca = authority
[authority]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
email_in_dn = no
[any]
commonName = supplied
[authority_extensions]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf_extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
subjectKeyIdentifier = hash
extendedKeyUsage = {purpose}
{names}
{issuer}
"""


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def openssl(*arguments, **options):
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, **options).stdout


class Authority:
    """Keys and certificates live in one folder; a certificate that is already there is not made again."""

    def __init__(self, folder, name="MARS Wizard Test Authority"):
        self.folder = pathlib.Path(folder)
        self.certificate = self.folder / "authority.pem"
        self.key = self.folder / "authority.key"
        self.leaf_key = self.folder / "leaf.key"
        self._lock = threading.Lock()
        if not self.certificate.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            for key, request in ((self.key, "authority.csr"), (self.leaf_key, "leaf.csr")):
                openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key)
                openssl("req", "-new", "-key", key, "-subj", "/CN=any", "-out", self.folder / request)
            self._sign(self.certificate, name, "authority_extensions", days=(-30, 3650), own=True)

    def issue(self, name, purpose="serverAuth", days=(-1, 90), file=None, host=False, issuer_at=None):
        """Path of the certificate (PEM) for the common name; valid from and to these days from now."""
        path = self.folder / f"{file or name}.pem"
        with self._lock:
            if not path.exists():
                self._sign(path, name, "leaf_extensions", days, purpose, host, issuer_at=issuer_at)
        return path

    def _sign(self, path, name, extensions, days, purpose="serverAuth", host=False, own=False, issuer_at=None):
        start, end = ((now() + datetime.timedelta(days=day)).strftime("%Y%m%d%H%M%SZ") for day in days)
        names = f"subjectAltName = DNS:{name}" if host else ""
        issuer = f"authorityInfoAccess = caIssuers;URI:{issuer_at}" if issuer_at else ""
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "index.txt").touch()
            configuration = pathlib.Path(folder, "openssl.cnf")
            configuration.write_text(CONFIGURATION.format(folder=folder, purpose=purpose, names=names,
                                                          issuer=issuer))
            signer = ["-selfsign"] if own else ["-cert", self.certificate]
            openssl("ca", "-batch", "-notext", "-config", configuration, "-extensions", extensions, *signer,
                    "-keyfile", self.key, "-in", self.folder / ("authority.csr" if own else "leaf.csr"),
                    "-subj", f"/CN={name}", "-startdate", start, "-enddate", end, "-out", path)

    def pfx(self, certificate):
        """The certificate with its key, empty password: the form that a vault credentials file holds."""
        return openssl("pkcs12", "-export", "-passout", "pass:", "-inkey", self.leaf_key, "-in", certificate)


def to_der(certificate):
    return openssl("x509", "-in", certificate, "-outform", "DER")


def thumbprint(certificate):
    return hashlib.sha1(to_der(certificate)).hexdigest()
