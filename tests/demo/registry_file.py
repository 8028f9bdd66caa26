# SPDX-License-Identifier: MIT
"""Writes into the registry of a Wine prefix that is not running. A section that is appended to one of its files
counts like one that was always there, so that a server is made without starting Wine once."""

import struct

FILES = {"HKLM\\": "system.reg", "HKCU\\": "user.reg", "HKU\\.DEFAULT\\": "userdef.reg"}


class MultiString(list):
    """REG_MULTI_SZ."""


class ExpandString(str):
    """REG_EXPAND_SZ."""


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _hex(kind, data):
    return f"hex{kind}:" + ",".join(f"{byte:02x}" for byte in data)


def _value(value):
    if isinstance(value, int):
        return f"dword:{value:08x}"
    if isinstance(value, bytes):
        return _hex("", value)
    if isinstance(value, MultiString):
        return _hex("(7)", "".join(text + "\0" for text in [*value, ""]).encode("utf-16-le"))
    if isinstance(value, ExpandString):
        return _hex("(2)", (value + "\0").encode("utf-16-le"))
    return _quoted(value)


def append(prefix, keys):
    """`keys` = {key: {name: value}}; keys begin with HKLM, HKCU or HKU\\.DEFAULT, texts are ASCII."""
    for root, name in FILES.items():
        lines = []
        for key, values in keys.items():
            if key.startswith(root):
                lines.append("\n[" + key.removeprefix(root).replace("\\", "\\\\") + "]")
                lines += [f'{_quoted(name) if name else "@"}={_value(value)}' for name, value in values.items()]
        with (prefix / name).open("a", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")


def proxy_blob(server, bypass="<local>"):
    """DefaultConnectionSettings with a named proxy: version, counter, flags, then three counted strings."""
    strings = b"".join(struct.pack("<I", len(text)) + text.encode("ascii") for text in (server, bypass, ""))
    return struct.pack("<III", 0x46, 1, 0x1 | 0x2) + strings + bytes(32)


def certificate_blob(der, thumbprint, friendly_name="", key_container=""):
    """A certificate as a store keeps it: properties of id, 1, length, data; the certificate itself is the last."""
    properties = {3: thumbprint}
    if key_container:
        # CRYPT_KEY_PROV_INFO with offsets for pointers; the provider is RSA (1), the key one for exchange (1).
        container, provider = (f"{text}\0".encode("utf-16-le")
                               for text in (key_container, "Microsoft Enhanced Cryptographic Provider v1.0"))
        machine_keyset = 0x20
        properties[2] = struct.pack("<7I", 28, 28 + len(container), 1, machine_keyset, 0, 0, 1) + container + provider
    if friendly_name:
        properties[11] = f"{friendly_name}\0".encode("utf-16-le")
    properties[32] = der
    return b"".join(struct.pack("<III", number, 1, len(data)) + data for number, data in properties.items())
