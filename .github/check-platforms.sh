#!/usr/bin/env bash
# Checks that the program compiles for Windows and macOS, and runs it for Windows under wine.
#
#   .github/check-platforms.sh [--run]
#
# A check is types and lints: nothing is linked for macOS. --run also builds for Windows, with Debian's gcc-mingw-w64-x86-64,
# and runs what wine can run. The toolchain's own targets are used where it has them (`rustup target add TARGET`); elsewhere
# Debian's rustc-web and the source of its standard library, unpacked into target/platforms: nothing is installed.
set -euo pipefail
cd "$(dirname "$0")/.."
windows=x86_64-pc-windows-gnu
macos=aarch64-apple-darwin
place=$PWD/target/platforms
run=false
if [ "${1:-}" = --run ]; then run=true; fi
mkdir -p "$place/bin"

# Debian's compiler, as the script that cargo calls.
debian() {
  local root=$place/debian
  if [ ! -e "$place/bin/rustc" ]; then
    mkdir -p "$root" "$place/packages"
    (
      cd "$place/packages"
      # Which libraries the compiler needs changes with its version.
      needed() { apt-cache depends "$@" | sed -n 's/^ *Depends: \(lib\(std-rust-web\|llvm\)[-0-9.]*\)$/\1/p' | sort -u; }
      standard=$(needed libstd-rust-web-dev)
      apt-get download rustc-web rust-web-src libstd-rust-web-dev $standard $(needed $standard)
      for package in *.deb; do dpkg -x "$package" "$root"; done
    )
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$root/usr/lib/x86_64-linux-gnu" "$root/usr/bin/rustc" > "$place/bin/rustc"
    chmod +x "$place/bin/rustc"
  fi
  export RUSTC=$place/bin/rustc RUSTC_BOOTSTRAP=1
}

# cargo with a subcommand for a target; a warning is an error.
for_target() {
  local subcommand=$1 target=$2 standard=()
  if [ ! -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ]; then
    debian
    standard=(-Zbuild-std=std,panic_unwind)
  fi
  cargo "$subcommand" --locked --target "$target" --target-dir "$place/build" "${standard[@]}" 2>&1 | tee "$place/log"
  if grep -q '^warning: `tozero`' "$place/log"; then exit 1; fi
}

# A stand-in for a C compiler and an archiver: enough where nothing is linked.
stand_in() {
  printf '#!/bin/sh\nfor word; do [ "$before" = -o ] && : > "$word"; before=$word; done\nexit 0\n' > "$place/bin/cc"
  printf '#!/bin/sh\nfor word; do case $word in *.a) : > "$word";; esac; done\nexit 0\n' > "$place/bin/ar"
  chmod +x "$place/bin/cc" "$place/bin/ar"
}

stand_in
echo "== $macos: check"
if [ "$(uname)" != Darwin ]; then
  export CC_aarch64_apple_darwin=$place/bin/cc AR_aarch64_apple_darwin=$place/bin/ar
fi
for_target check "$macos"
echo "== $windows: check"
if ! $run && ! command -v x86_64-w64-mingw32-gcc > /dev/null; then
  export CC_x86_64_pc_windows_gnu=$place/bin/cc AR_x86_64_pc_windows_gnu=$place/bin/ar
fi
for_target check "$windows"
if ! $run; then exit; fi

echo "== $windows: build and run"
for_target build "$windows"
home=$place/wine
rm -rf "$home"
mkdir -p "$home"
cp "$place/build/$windows/debug/tozero.exe" "$home/"
export WINEPREFIX=$home/prefix WINEDEBUG=-all HOME=$home
wineboot -i 2> /dev/null || true
if [ ! -e "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" ]; then
  # Older versions of wine lack this one function of Windows.
  cat > "$home/random.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T length) { return SystemFunction036(bytes, length); }
C
  x86_64-w64-mingw32-gcc -shared -o "$home/bcryptprimitives.dll" "$home/random.c" -ladvapi32
fi
tozero() { timeout 60 wine "$home/tozero.exe" "$@"; }
# says WORDS ARGUMENT...: the words must be in what the program prints.
says() {
  local words=$1 printed
  shift
  printed=$(tozero "$@" 2>&1 < /dev/null || true)
  if [[ $printed != *"$words"* ]]; then
    printf 'tozero %s does not say %s:\n%s\n' "$*" "$words" "$printed"
    exit 1
  fi
  echo "ok: tozero $*"
}
answer() { yes 1 | head -n 60 | tozero quiz --plain --kind single --count 3 --seed "$1" > /dev/null 2>&1 || true; }
record=$WINEPREFIX/drive_c/users/$(whoami)/AppData/Local/tozero/progress.sqlite3

says "tozero $(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)" --version
says 'AppData\Local\tozero' paths
says 'Cold start' define cold-start
says 'scale-to-zero' search scale to zero
says '≠' compare aws-view scale-to-zero-view
says 'Statistics' stats
[ ! -e "$record" ] || { echo 'reading has made a record'; exit 1; }
answer 5
before=$(tozero stats 2> /dev/null | grep -o 'in [0-9]* answer')
answer 6
after=$(tozero stats 2> /dev/null | grep -o 'in [0-9]* answer')
[ -n "$before" ] && [ "$before" != "$after" ] || { echo "the record was not kept: '$before', then '$after'"; exit 1; }
echo "ok: the record is kept over two runs: $before, $after"
printf 'damaged' | dd of="$record" conv=notrunc status=none
answer 7

ls "${record%.sqlite3}".damaged-*.sqlite3 > /dev/null
echo 'ok: a damaged record is set aside'
says 'files written' new 'C:\pack'
says 'no problems' check 'C:\pack'
says 'bread' --content 'C:\pack' list terms
ln -s /etc/hosts "$WINEPREFIX/drive_c/pack/terms/out.md"
says 'leads out of the pack' check 'C:\pack'
echo 'everything that wine can run has run'
