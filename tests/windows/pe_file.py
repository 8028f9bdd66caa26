# SPDX-License-Identifier: MIT
"""Reads what Windows' loader reads of a 64-bit program ("PE Format" in Microsoft's documents)."""

import struct

EXPORTS, IMPORTS, RESOURCES, EXCEPTIONS, CERTIFICATES, RELOCATIONS, DEBUG, _, _, TLS = range(10)
RELOCATIONS_STRIPPED = 0x0001
HIGH_ENTROPY, DYNAMIC_BASE, NX_COMPATIBLE, TERMINAL_SERVER_AWARE = 0x0020, 0x0040, 0x0100, 0x8000
EXECUTABLE, WRITABLE = 0x20000000, 0x80000000


class Section:
    """`header` is where its header lies in the file."""

    def __init__(self, data, header):
        name, self.size, self.address, self.raw_size, self.raw, self.flags = struct.unpack_from(
            "<8sIIII12xI", data, header)
        self.name = name.rstrip(b"\0").decode()
        self.header = header

    def holds(self, address):
        return self.address <= address < self.address + max(self.size, self.raw_size)


class PeFile:
    """Addresses are relative to the image; positions are those in the file."""

    def __init__(self, data):
        self.data = data
        self.header, = struct.unpack_from("<I", data, 0x3C)
        signature, machine, sections, self.timestamp, optional, self.characteristics = struct.unpack_from(
            "<4sHHI8xHH", data, self.header)
        self.optional = self.header + 24
        magic, = struct.unpack_from("<H", data, self.optional)
        if (signature, machine, magic) != (b"PE\0\0", 0x8664, 0x20B):
            raise ValueError("no 64-bit program")
        self.image_base, = struct.unpack_from("<Q", data, self.optional + 24)
        self.subsystem_version = struct.unpack_from("<HH", data, self.optional + 48)
        self.dll_characteristics, = struct.unpack_from("<H", data, self.optional + 70)
        count, = struct.unpack_from("<I", data, self.optional + 108)
        self.directories = [struct.unpack_from("<II", data, self.optional + 112 + 8 * i) for i in range(count)]
        self.sections = [Section(data, self.optional + optional + 40 * i) for i in range(sections)]

    def section(self, name):
        return next(section for section in self.sections if section.name == name)

    def bytes_of(self, name):
        section = self.section(name)
        return self.data[section.raw:section.raw + min(section.size, section.raw_size)]

    def position(self, address):
        section = next(section for section in self.sections if section.holds(address))
        return section.raw + address - section.address

    def text(self, address):
        start = self.position(address)
        return self.data[start:self.data.index(b"\0", start)].decode()

    def imports(self):
        """{DLL: [(function or "#ordinal", position of the name), ...]}, of what is there before main."""
        found = {}
        position = self.position(self.directories[IMPORTS][0])
        while any(descriptor := struct.unpack_from("<5I", self.data, position)):
            names, _, _, dll, addresses = descriptor
            found[self.text(dll)] = self._functions(self.position(names or addresses))
            position += 20
        return found

    def _functions(self, position):
        functions = []
        while entry := struct.unpack_from("<Q", self.data, position)[0]:
            if entry >> 63:
                functions.append((f"#{entry & 0xFFFF}", position))
            else:
                functions.append((self.text(entry + 2), self.position(entry + 2)))
            position += 8
        return functions

    def tls_callbacks(self):
        """Addresses of what runs before main."""
        directory = self.directories[TLS][0]
        if not directory:
            return []
        table, = struct.unpack_from("<Q", self.data, self.position(directory) + 24)
        position = self.position(table - self.image_base)
        callbacks = []
        while callback := struct.unpack_from("<Q", self.data, position)[0]:
            callbacks.append(callback - self.image_base)
            position += 8
        return callbacks

    def calls_of(self, address):
        """How often the code calls it directly."""
        section = self.section(".text")
        code = self.bytes_of(".text")
        count, at = 0, code.find(b"\xe8")
        while 0 <= at <= len(code) - 5:
            offset, = struct.unpack_from("<i", code, at + 1)
            count += section.address + at + 5 + offset == address
            at = code.find(b"\xe8", at + 1)
        return count
