# The part of scripts/setup that finds or installs Rust for server and browser. Sourced, never run.

need_rust() {
    use_rust && return
    if command -v rustup >/dev/null && rust_is_recent; then
        say "adding the browser's target: rustup target add wasm32-unknown-unknown"
        # A mirror without the target may never answer.
        timeout 120 rustup target add wasm32-unknown-unknown || say "rustup cannot fetch it"
        use_rust && return
    fi
    install_debian_rust
    use_rust || die "Rust is installed but does not compile for wasm32-unknown-unknown"
}

need_rust_components() {
    cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
    if command -v rustup >/dev/null && [ "${RUSTUP_TOOLCHAIN:-}" != "$debian_toolchain" ]; then
        say "adding rustfmt and clippy: rustup component add"
        rustup component add rustfmt clippy
    else
        install_packages "rustfmt and clippy" rustfmt-web rust-web-clippy
    fi
}

# Debian's current Rust, for machines where rustup has no (recent) toolchain or cannot reach its
# server.
install_debian_rust() {
    [ -r /etc/debian_version ] ||
        die "please install Rust $(oldest_rust) or newer with: rustup target add wasm32-unknown-unknown"
    install_packages "Rust with its source" \
        rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-19
    if ! PATH=/usr/bin:$PATH rust_has_wasm; then
        build_wasm_library
    fi
    if command -v rustup >/dev/null; then
        say "linking Debian's Rust into rustup as $debian_toolchain"
        rustup toolchain link "$debian_toolchain" "$(/usr/bin/rustc --print sysroot)"
    fi
}

# Compiles the standard library for the browser from rust-web-src, as cargo would for itself,
# because Debian does not contain it.
build_wasm_library() {
    local build=$cache/wasm-library target=wasm32-unknown-unknown libraries host_tools
    say "compiling Rust's standard library for the browser (about a minute)"
    mkdir -p "$build/src"
    echo '#![no_std]' >"$build/src/lib.rs"
    printf '[package]\nname = "empty"\nedition = "2024"\n[workspace]\n' >"$build/Cargo.toml"
    # Without bitcode in the library the release build could not optimise across it.
    (
        cd "$build"
        unset CARGO_BUILD_TARGET RUSTUP_TOOLCHAIN
        RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
            /usr/bin/cargo build --quiet --release --target "$target" --target-dir target \
            -Zbuild-std=std,panic_abort,proc_macro
    )
    libraries=$(/usr/bin/rustc --print target-libdir --target "$target")
    host_tools=$(dirname "$(/usr/bin/rustc --print target-libdir)")/bin
    as_root install -d "$libraries" "$host_tools"
    find "$build/target/$target/release/deps" -name '*.rlib' ! -name 'libempty-*' |
        while read -r library; do as_root install -m 644 "$library" "$libraries"; done
    as_root ln -sfn "$(newest_lld)" "$host_tools/rust-lld"
    rm -rf "$build"
}

newest_lld() { compgen -G '/usr/lib/llvm-*/bin/lld' | sort -V | tail -n 1; }
