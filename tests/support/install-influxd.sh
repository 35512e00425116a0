#!/usr/bin/env bash
# Builds a real InfluxDB 2 server for the tests, from its published sources, and prints where it is on the last line. Answers at once when it is
# there already. Needs Go and Cargo; clang and pkg-config are installed when they are missing and this runs as root. About 8 minutes on two cores.
# Usage: install-influxd.sh [FOLDER]      (default: influxd/<version> in the user's cache folder, where the tests look)
set -euo pipefail

version=v2.7.12
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/influxd/$version}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
program=$folder/influxd
if [ -x "$program" ]; then
  echo "$program"
  exit 0
fi

# One build at a time: whoever comes second waits, and then finds it.
exec 9>"$folder/building.lock"
if command -v flock >/dev/null; then flock 9; fi
if [ -x "$program" ]; then
  echo "$program"
  exit 0
fi

tell() { echo "influxd: $*" >&2; }
fail() { tell "$*"; exit 1; }
record=$folder/build.log
: >"$record"
# Runs a step quietly; what it said is shown only when it fails.
quietly() {
  local what=$1
  shift
  tell "$what ..."
  "$@" >>"$record" 2>&1 && return
  tail -n 25 "$record" >&2
  fail "$what did not work; everything it said is in $record"
}

for tool in go cargo; do command -v "$tool" >/dev/null || fail "needs $tool on the PATH (Go for influxd, Cargo for its query language)"; done
lacking=()
command -v clang >/dev/null || lacking+=(clang libclang-dev)
command -v pkg-config >/dev/null || lacking+=(pkg-config)
if [ ${#lacking[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "needs ${lacking[*]}: install them first"
  quietly 'refreshing the list of packages' apt-get update -qq
  quietly "installing ${lacking[*]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${lacking[@]}"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# influxd's own module file replaces a dependency, which Go does not honour for `go install`: a small module around it repeats the replacement.
cat >go.mod <<END
module gwanje.test/influxd

go 1.24

tool github.com/influxdata/influxdb/v2/cmd/influxd

require github.com/influxdata/influxdb/v2 $version

replace github.com/nats-io/nats-streaming-server v0.11.2 => github.com/influxdata/nats-streaming-server v0.11.3-0.20201112040610-c277f7560803
END

# The Rust half treats warnings as errors, and newer compilers know more of them.
cat >lenient-rustc <<'END'
#!/bin/sh
exec "$@" --cap-lints=warn
END
chmod +x lenient-rustc
export RUSTC_WRAPPER=$work/lenient-rustc
# Flux is found through a pkg-config of its own, which builds it and hands everything else on to the system's.
export PKG_CONFIG=$work/bin/pkg-config
# rustup picks the toolchain by folder, and the sources bring a file that asks for an old one: stay with the one in use.
if command -v rustup >/dev/null; then
  RUSTUP_TOOLCHAIN=$(cd / && rustup show active-toolchain | awk '{ print $1 }')
  export RUSTUP_TOOLCHAIN
fi

quietly 'fetching the sources' go mod tidy
quietly 'building the helper that finds Flux' env GOBIN="$work/bin" go install github.com/influxdata/pkg-config@v0.2.7
quietly 'building influxd (about 8 minutes on two cores the first time)' \
  go build -tags sqlite_foreign_keys,sqlite_json -o "$program.part" github.com/influxdata/influxdb/v2/cmd/influxd
mv "$program.part" "$program"
echo "$program"
