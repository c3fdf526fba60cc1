# Functions that the scripts share. This file is sourced, never run.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/bonex

# The name of Debian's Rust in rustup.
debian_toolchain=debian-web

say() { printf '==> %s\n' "$*"; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Checks whether version $1 is at least $2.
at_least() { [ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# The oldest Rust the workspace compiles with.
oldest_rust() { sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml"; }

# Checks whether the rustc now on PATH is new enough.
rust_is_recent() {
    local version
    # rustup must answer, not download.
    version=$(RUSTUP_AUTO_INSTALL=0 rustc --version 2>/dev/null | cut -d ' ' -f 2) || return 1
    [ -n "$version" ] && at_least "$version" "$(oldest_rust)"
}

# Checks whether that rustc can also compile for the browser.
rust_has_wasm() {
    local libraries
    libraries=$(RUSTUP_AUTO_INSTALL=0 rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || return 1
    compgen -G "$libraries/libstd-*.rlib" >/dev/null
}

rust_is_ready() { rust_is_recent && rust_has_wasm; }

# Makes `cargo` the one that compiles for both server and browser, because two toolchains would
# compile everything twice.
use_rust() {
    if rust_is_ready; then return; fi
    if command -v rustup >/dev/null; then
        RUSTUP_TOOLCHAIN=$debian_toolchain rust_is_ready && export RUSTUP_TOOLCHAIN=$debian_toolchain && return
    fi
    PATH=/usr/bin:$PATH rust_is_ready && export PATH=/usr/bin:$PATH && return
    return 1
}

# Prints the directory of PostgreSQL's server programs, the newest first; version 15 at least.
postgres_programs() {
    local directory version
    for directory in $(compgen -G '/usr/lib/postgresql/*/bin' | sort -V -r) \
        "$(pg_config --bindir 2>/dev/null)" "$(dirname "$(command -v initdb || true)")"; do
        [ -x "$directory/initdb" ] || continue
        version=$("$directory/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
        if [ "$version" -ge 15 ]; then
            echo "$directory"
            return
        fi
    done
    return 1
}

# Prints the path of a browser that Playwright can drive.
chromium_program() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" && return
    done
    return 1
}
