# SPDX-License-Identifier: MIT
# pack.py OUTPUT BASE LIST: the files that LIST names, one a line, relative to BASE, one behind the other, as a stream
# of zlib (app/base/packed_files.h).
import pathlib
import sys
import zlib

output, base, names = map(pathlib.Path, sys.argv[1:])
files = [(base / name).read_bytes() for name in names.read_text(encoding="utf-8").splitlines()]
output.write_bytes(zlib.compress(b"".join(files), 9))
