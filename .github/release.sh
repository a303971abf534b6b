#!/usr/bin/env bash
# Makes what is passed on, in target/release-files: for each target an archive with the program, its manual page,
# completions and licenses, and one file of checksums.
#
#   .github/release.sh [--check] [TARGET...]
#
# Without targets: this machine's, and static Linux where rustup has it. --check makes everything twice and compares the bytes.
# Paths of this machine are kept out of the program; times in the archives are those of the commit.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${PROFILE:-release}
folder=${profile/#dev/debug}
check=false
if [ "${1:-}" = --check ]; then check=true; shift; fi

value() { sed -n "s/^$1 = \"\(.*\)\"$/\1/p" Cargo.toml | head -n 1; }
version=$(value version)
TOZERO_COMMIT=$(git rev-parse --short=12 HEAD)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
cargo_home=${CARGO_HOME:-$HOME/.cargo}
# Later ones win.
RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$HOME=/home --remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$PWD=/tozero"
export TOZERO_COMMIT SOURCE_DATE_EPOCH RUSTFLAGS

host=$(rustc -vV | sed -n 's/^host: //p')
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  targets=("$host")
  musl=${host%%-*}-unknown-linux-musl
  if [ -d "$(rustc --print sysroot)/lib/rustlib/$musl" ] && [ "$musl" != "$host" ]; then targets+=("$musl"); fi
fi

# Everything into a folder that is given.
make() {
  local out=$1 target name stage built
  for target in "${targets[@]}"; do
    name=tozero-$version-$target
    stage=$out/stage/$name
    mkdir -p "$stage/completions"
    cargo build --quiet --locked --profile "$profile" --target "$target" --target-dir "$out/build"
    built=$out/build/$target/$folder/tozero
    cp "$built" "$stage/"
    # The pages come from the program for this machine: they are the same for all.
    tozero=$out/build/${targets[0]}/$folder/tozero
    "$tozero" man > "$stage/tozero.1"
    for shell in bash zsh fish powershell elvish; do
      "$tozero" completions "$shell" > "$stage/completions/tozero.$shell"
    done
    cp LICENSE LICENSE-APACHE README.md assets/CHANGELOG.md "$stage/"
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
      -C "$out/stage" -cf - "$name" | gzip -9n > "$out/$name.tar.gz"
  done
  (cd "$out" && sha256sum ./*.tar.gz > SHA256SUMS)
}

out=$PWD/target/release-files
rm -rf "$out"
make "$out"
if $check; then
  again=$PWD/target/release-again
  rm -rf "$again"
  make "$again"
  cmp "$out/SHA256SUMS" "$again/SHA256SUMS"
  rm -rf "$again"
fi
rm -rf "$out/stage" "$out/build"
cat "$out/SHA256SUMS"
