# SPDX-License-Identifier: MIT
"""Signs a PowerShell file as Set-AuthenticodeSignature does: an Authenticode message (PKCS #7 around an
SpcIndirectDataContent) in comments at the end. What is signed is the text before it, as UTF-16."""

import base64
import hashlib

from certificates import openssl, to_der

INDIRECT_DATA = "1.3.6.1.4.1.311.2.1.4"
SIP_INFO = "1.3.6.1.4.1.311.2.1.30"
SIGNED_DATA, CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SHA256, RSA = "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.1"
# {603BCC1F-4B59-4E08-B724-D2C6297EF351}: who reads signatures in PowerShell files.
POWERSHELL = bytes.fromhex("1fcc3b60594b084eb724d2c6297ef351")


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def sequence(*parts):
    return tlv(0x30, *parts)


def one_of(*parts):
    return tlv(0x31, *parts)


def octets(data):
    return tlv(0x04, data)


def integer(number):
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(text):
    first, second, *rest = map(int, text.split("."))
    data = bytes([first * 40 + second])
    for number in rest:
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(0x80 | number & 0x7F)
        data += bytes(reversed(digits))
    return tlv(0x06, data)


def algorithm(name):
    return sequence(oid(name), tlv(0x05))


def issuer_and_serial(certificate):
    """The issuer's name and the serial number as they stand in the certificate."""
    def next_element(data, at):
        size, begin = data[at + 1], at + 2
        if size & 0x80:
            count = size & 0x7F
            size, begin = int.from_bytes(data[begin:begin + count], "big"), begin + count
        return begin, begin + size

    at = next_element(certificate, next_element(certificate, 0)[0])[0]
    fields = []
    for _ in range(4):  # version, serial number, algorithm, issuer
        end = next_element(certificate, at)[1]
        fields.append(certificate[at:end])
        at = end
    return sequence(fields[3], fields[1])


def message(content_digest, certificate, root, key):
    info = sequence(integer(0x10000), octets(POWERSHELL), *[integer(0)] * 5)
    content = sequence(sequence(oid(SIP_INFO), info), sequence(algorithm(SHA256), octets(content_digest)))
    inner = content[2 if content[1] < 0x80 else 2 + (content[1] & 0x7F):]
    attributes = sequence(oid(CONTENT_TYPE), one_of(oid(INDIRECT_DATA))) + sequence(
        oid(MESSAGE_DIGEST), one_of(octets(hashlib.sha256(inner).digest())))
    signature = openssl("dgst", "-sha256", "-sign", key, input=tlv(0x31, attributes))
    leaf = to_der(certificate)
    signer = sequence(integer(1), issuer_and_serial(leaf), algorithm(SHA256), tlv(0xA0, attributes), algorithm(RSA),
                      octets(signature))
    signed = sequence(integer(1), one_of(algorithm(SHA256)), sequence(oid(INDIRECT_DATA), tlv(0xA0, content)),
                      tlv(0xA0, leaf, to_der(root)), one_of(signer))
    return sequence(oid(SIGNED_DATA), tlv(0xA0, signed))


def sign(text, certificate, root, key):
    """The text with its signature; `certificate` and `root` are PEM files."""
    digest = hashlib.sha256(text.encode("utf-16-le")).digest()
    lines = base64.b64encode(message(digest, certificate, root, key)).decode()
    block = "".join(f"# {lines[at:at + 64]}\r\n" for at in range(0, len(lines), 64))
    return f"{text}\r\n# SIG # Begin signature block\r\n{block}# SIG # End signature block\r\n"
