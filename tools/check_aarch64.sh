#!/usr/bin/env bash
# Proof on another CPU: cross-compiles Corepy for aarch64 (NEON), runs `python -m corepy check` on it under qemu, and so
# compares every operator's digest there with the published one.
#
#   tools/check_aarch64.sh [FOLDER]
#
# FOLDER (default: build-aarch64 in the checkout) keeps the arm64 Python, NumPy and the compiled kernels for the next run.
# Needs Debian's g++-aarch64-linux-gnu and qemu-user, meson, ninja, and Pythran and NumPy for the Python that runs it; without
# one of them it says "skipped: why" and succeeds.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "${1:-$source/build-aarch64}"
work=$(cd "${1:-$source/build-aarch64}" && pwd)
root=$work/root

for tool in aarch64-linux-gnu-g++ qemu-aarch64 apt-get dpkg-deb meson ninja pythran; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done

# Debian's arm64 Python, unpacked and not installed: this system's package lists stay as they are.
if [[ ! -x $root/usr/bin/python3.11 ]]; then
  apt=$work/apt
  mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial"
  touch "$apt/status"
  arm_apt() {
    apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State="$apt/state" -o Dir::Cache="$apt/cache" \
      -o Dir::State::status="$apt/status" -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1 "$@"
  }
  arm_apt update && arm_apt --download-only --no-install-recommends -y install python3.11 libpython3.11-dev libstdc++6 ||
    { echo "skipped: Debian's arm64 packages of Python 3.11 cannot be fetched"; exit 0; }
  for package in "$apt"/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$root"
  done
fi

# meson asks this Python for its include folder and the suffix of its modules. Pythran's headers are the host's.
pythran=$(python -c 'import os, pythran; print(os.path.dirname(os.path.dirname(pythran.__file__)))')
mkdir -p "$work/site" "$work/pythran"
ln -sfn "$pythran"/* "$work/pythran/"
rm -f "$work"/pythran/numpy "$work"/pythran/numpy.libs "$work"/pythran/numpy-*
cat >"$work/python" <<END
#!/bin/sh
PYTHONPATH=\${COREPY_SITE:-}:$work/site:$work/pythran exec qemu-aarch64 -L $root $root/usr/bin/python3.11 -s "\$@"
END
chmod +x "$work/python"
if [[ ! -d $work/site/numpy ]]; then
  pip download -q --no-deps --only-binary :all: --platform manylinux2014_aarch64 --platform manylinux_2_27_aarch64 \
    --platform manylinux_2_28_aarch64 --python-version 3.11 --dest "$work" "numpy>=2.0" ||
    { echo "skipped: NumPy's aarch64 wheel cannot be fetched"; exit 0; }
  python -m zipfile -e "$work"/numpy-*aarch64.whl "$work/site"
fi

cat >"$work/aarch64.ini" <<END
[binaries]
cpp = 'aarch64-linux-gnu-g++'
strip = 'aarch64-linux-gnu-strip'
python = '$work/python'
[host_machine]
system = 'linux'
cpu_family = 'aarch64'
cpu = 'aarch64'
endian = 'little'
[built-in options]
cpp_args = ['--sysroot=$root', '-I$root/usr/include', '-I$root/usr/include/aarch64-linux-gnu']
END
[[ -d $work/build ]] || meson setup --prefix "$work/install" --cross-file "$work/aarch64.ini" "$work/build" "$source"
ninja -C "$work/build" install >"$work/ninja.log" || { tail -30 "$work/ninja.log"; exit 1; }
site=$(find "$work/install" -type d -name corepy -path '*-packages/corepy' -prune)
cd "$work"
# The published digests are those of the uncompiled source, which would take half an hour under emulation.
COREPY_SITE=${site%/corepy} "$work/python" -m corepy check --no-reference "${@:2}"
