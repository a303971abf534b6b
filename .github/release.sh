#!/usr/bin/env bash
# Makes what is passed on, in target/release-files: the package for the registry; for each target an archive with the program,
# its manual page, completions and all licenses, and on Linux a package for Debian where dpkg-deb is; one file of checksums.
#
#   .github/release.sh [--check] [TARGET...]
#   .github/release.sh --fill FOLDER
#
# Without targets: this machine's, and static Linux where the toolchain has it. --check makes everything twice and compares the
# bytes. Paths of this machine are kept out of the program; times in the archives are those of the commit. --fill writes a
# formula and a PKGBUILD beside the archives of a release, where Cargo.toml names a repository.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${PROFILE:-release}
folder=${profile/#dev/debug}
check=false
if [ "${1:-}" = --check ]; then check=true; shift; fi

value() { sed -n "s/^$1 = \"\(.*\)\"$/\1/p" Cargo.toml | head -n 1; }
version=$(value version)
description=$(value description)
repository=$(value repository)
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

# An archive of a folder: the same bytes for the same files.
pack() {
  tar --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime="@$SOURCE_DATE_EPOCH" -C "$1" -cf - "$2" |
    gzip -9n
}

# The licenses of all that is built in, one after the other: what each says of itself, and its texts, each text once.
licenses() {
  local name expression source text sum
  local -A first=()
  cargo tree --locked --target "$1" --edges normal --prefix none --format '{p}|{l}' |
    sed -n 's/ (proc-macro)//; s/ (\*)//; /^tozero /!p' | LC_ALL=C sort -u |
    while IFS='|' read -r name expression; do
      printf '%s\n%s: %s\n' ---------------------------------------------------------------- "$name" "$expression"
      source=$(echo "$cargo_home"/registry/src/*/"${name/ v/-}")
      find "$source" -maxdepth 1 -type f \( -iname 'licen[sc]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname unlicense \) |
        LC_ALL=C sort > "$out/stage/texts"
      while read -r text; do
        sum=$(tr -d '\r' < "$text" | sha256sum)
        if [ -n "${first[$sum]:-}" ]; then
          printf '\n%s: as that of %s\n' "$(basename "$text")" "${first[$sum]}"
        else
          first[$sum]="$name, $(basename "$text")"
          printf '\n%s\n\n' "$(basename "$text")"
          tr -d '\r' < "$text"
        fi
      done < "$out/stage/texts"
    done
}

# A package for Debian from a stage, as DIR/tozero_VERSION_ARCHITECTURE.deb.
debian() {
  local out=$1 target=$2 stage=$3 architecture depends root
  case $target in
    x86_64-*) architecture=amd64 ;;
    aarch64-*) architecture=arm64 ;;
    *) return ;;
  esac
  case $target in
    *-gnu)
      # The newest form of a function of the C library that is called.
      depends=$(objdump -T "$stage/tozero" | sed -n 's/.*(\{0,1\}GLIBC_\([0-9.]*\))\{0,1\} .*/\1/p' | sort -uV | tail -n 1)
      depends="Depends: libc6 (>= $depends), libgcc-s1"
      ;;
    *) depends= ;;
  esac
  root=$out/stage/deb-$target
  mkdir -p "$root/DEBIAN"
  install -Dm755 "$stage/tozero" "$root/usr/bin/tozero"
  install -Dm644 "$stage/completions/tozero.bash" "$root/usr/share/bash-completion/completions/tozero"
  install -Dm644 "$stage/completions/tozero.zsh" "$root/usr/share/zsh/vendor-completions/_tozero"
  install -Dm644 "$stage/completions/tozero.fish" "$root/usr/share/fish/vendor_completions.d/tozero.fish"
  mkdir -p "$root/usr/share/man/man1" "$root/usr/share/doc/tozero"
  gzip -9n < "$stage/tozero.1" > "$root/usr/share/man/man1/tozero.1.gz"
  gzip -9n < "$stage/CHANGELOG.md" > "$root/usr/share/doc/tozero/changelog.gz"
  cat "$stage/LICENSE" "$stage/LICENSE-APACHE" "$stage/LICENSE-CC-BY-4.0" "$stage/LICENSES-OF-PARTS" > "$root/usr/share/doc/tozero/copyright"
  {
    printf 'Package: tozero\nVersion: %s\nArchitecture: %s\nMaintainer: the tozero maintainers\n' "$version" "$architecture"
    printf 'Section: education\nPriority: optional\nInstalled-Size: %s\n' "$(du -sk --apparent-size "$root/usr" | cut -f 1)"
    printf '%s\n' ${depends:+"$depends"} ${repository:+"Homepage: $repository"}
    printf 'Description: What is serverless? The definitions side by side\n %s\n' "$description"
  } | sed '/^$/d' > "$root/DEBIAN/control"
  chmod -R u=rwX,go=rX "$root"
  dpkg-deb --root-owner-group -Zxz --build "$root" "$out/tozero_${version}_$architecture${target##*-linux}.deb" > "$out/stage/log"
}

# A template with its words filled in, from the archives of a folder.
fill() {
  local folder=$1 text archive target
  text=$(sed "/^#/d; s|@VERSION@|$version|g; s|@DESCRIPTION@|$description|g; s|@REPOSITORY@|$repository|g" "$2")
  for archive in "$folder"/tozero-"$version"-*.tar.gz; do
    target=$(basename "$archive" .tar.gz)
    text=${text//@SHA256_${target#tozero-"$version"-}@/$(sha256sum "$archive" | cut -d ' ' -f 1)}
  done
  text=${text//@SHA256_crate@/$(sha256sum "$folder/tozero-$version.crate" | cut -d ' ' -f 1)}
  if [[ $text == *@SHA256_* ]]; then
    echo "an archive is missing: $(grep -o '@SHA256_[^@]*@' <<< "$text" | head -n 1)" >&2
    exit 1
  fi
  printf '%s\n' "$text"
}

# Everything into a folder that is given.
make() {
  local out=$1 target name stage tozero ending
  mkdir -p "$out/stage"
  cargo package --quiet --locked --no-verify --target-dir "$out/build"
  cp "$out/build/package/tozero-$version.crate" "$out/"
  for target in "${targets[@]}"; do
    name=tozero-$version-$target
    stage=$out/stage/$name
    ending=
    if [[ $target == *-windows-* ]]; then ending=.exe; fi
    mkdir -p "$stage/completions"
    cargo build --quiet --locked --profile "$profile" --target "$target" --target-dir "$out/build"
    cp "$out/build/$target/$folder/tozero$ending" "$stage/"
    # The pages come from the first program: they are the same for all.
    tozero=${tozero:-$stage/tozero$ending}
    "$tozero" man > "$stage/tozero.1"
    for shell in bash zsh fish powershell elvish; do
      "$tozero" completions "$shell" > "$stage/completions/tozero.$shell"
    done
    cp LICENSE LICENSE-APACHE LICENSE-CC-BY-4.0 README.md assets/CHANGELOG.md "$stage/"
    licenses "$target" > "$stage/LICENSES-OF-PARTS"
    pack "$out/stage" "$name" > "$out/$name.tar.gz"
    if [[ $target == *-linux-* ]] && command -v dpkg-deb > /dev/null; then debian "$out" "$target" "$stage"; fi
  done
  rm -rf "$out/stage" "$out/build"
  (cd "$out" && sha256sum -- * > "$out/../SHA256SUMS" && mv "$out/../SHA256SUMS" .)
}

if [ "${1:-}" = --fill ]; then
  if [ -z "$repository" ]; then echo 'Cargo.toml names no repository: nothing to fill in'; exit; fi
  for template in tozero.rb PKGBUILD; do fill "$2" ".github/packages/$template" > "$2/$template"; done
  exit
fi
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
cat "$out/SHA256SUMS"
