//! Files under names that change with their content, so that browsers may keep them for ever.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

/// Hexadecimal digits of the content hash in a file's name: 64 bits.
const NAME_HASH_DIGITS: usize = 16;

/// One file of the bundle before it has a name.
pub(super) struct File {
    extension: &'static str,
    content: Vec<u8>,
}

impl File {
    pub(super) fn new(extension: &'static str, content: Vec<u8>) -> Self {
        Self { extension, content }
    }

    /// `bonex.<hash of the content>.<extension>`.
    fn name(&self) -> String {
        let hash = hash(&self.content);
        format!("bonex.{hash:.NAME_HASH_DIGITS$}.{}", self.extension)
    }
}

/// The names of a bundle, as the server reads them from `manifest.json`.
pub(super) struct Manifest {
    pub(super) js: String,
    pub(super) wasm: String,
    pub(super) css: String,
    pub(super) icon: String,
    /// Hash of what the bundle was made of.
    pub(super) inputs: String,
}

impl Manifest {
    fn names(&self) -> [&str; 4] {
        [&self.js, &self.wasm, &self.css, &self.icon]
    }
}

/// Whether the published bundle was made of the same inputs.
pub(super) fn is_up_to_date(site_dir: &Path, inputs: &str) -> bool {
    fs::read(site_dir.join("manifest.json"))
        .ok()
        .and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok())
        .is_some_and(|manifest| manifest.get("inputs").is_some_and(|old| old == inputs))
}

/// Writes a bundle so that at any moment the manifest names only complete files.
pub(super) struct Publisher<'a> {
    site_dir: &'a Path,
    pkg_dir: PathBuf,
}

impl<'a> Publisher<'a> {
    pub(super) fn new(site_dir: &'a Path) -> Result<Self> {
        let pkg_dir = site_dir.join("pkg");
        fs::create_dir_all(&pkg_dir).with_context(|| pkg_dir.display().to_string())?;
        Ok(Self { site_dir, pkg_dir })
    }

    /// Writes a file with its compressed copies, tells the sizes, and returns the name.
    pub(super) fn add(&self, file: &File) -> Result<String> {
        let name = file.name();
        let brotli = brotli(&file.content)?;
        let gzip = gzip(&file.content)?;
        println!(
            "  {name:<32} {:>8} bytes, {:>7} gzip, {:>7} brotli",
            file.content.len(),
            gzip.len(),
            brotli.len()
        );
        let path = self.pkg_dir.join(&name);
        fs::write(&path, &file.content)?;
        fs::write(path.with_added_extension("br"), brotli)?;
        fs::write(path.with_added_extension("gz"), gzip)?;
        Ok(name)
    }

    /// Makes the bundle the current one and removes the files of earlier ones.
    pub(super) fn finish(&self, manifest: &Manifest) -> Result<()> {
        let text = serde_json::to_string_pretty(&json!({
            "js": manifest.js,
            "wasm": manifest.wasm,
            "css": manifest.css,
            "icon": manifest.icon,
            "inputs": manifest.inputs,
        }))?;
        let new = self.site_dir.join("manifest.json.new");
        fs::write(&new, text)?;
        fs::rename(new, self.site_dir.join("manifest.json"))?;

        for entry in fs::read_dir(&self.pkg_dir)? {
            let entry = entry?;
            let file_name = entry.file_name();
            let file_name = file_name.to_string_lossy();
            if !manifest
                .names()
                .iter()
                .any(|name| file_name.starts_with(name))
            {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn hash(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn manifest(js: String) -> Manifest {
        Manifest {
            js,
            wasm: "w".into(),
            css: "c".into(),
            icon: "i".into(),
            inputs: "inputs".into(),
        }
    }

    #[test]
    fn a_name_changes_with_the_content() {
        let name = |content: &str| File::new("js", content.into()).name();
        assert_eq!(name("a"), name("a"));
        assert_ne!(name("a"), name("b"));
        assert_eq!(name("a"), "bonex.ca978112ca1bbdca.js");
    }

    #[test]
    fn a_new_bundle_replaces_the_old_one_and_its_copies() {
        let site = tempfile::tempdir().unwrap();
        let publisher = Publisher::new(site.path()).unwrap();
        let old = publisher.add(&File::new("js", b"old".to_vec())).unwrap();
        publisher.finish(&manifest(old.clone())).unwrap();
        assert!(is_up_to_date(site.path(), "inputs"));
        assert!(!is_up_to_date(site.path(), "other inputs"));

        let new = publisher.add(&File::new("js", b"new".to_vec())).unwrap();
        publisher.finish(&manifest(new.clone())).unwrap();
        let pkg = site.path().join("pkg");
        for suffix in ["", ".br", ".gz"] {
            assert!(!pkg.join(format!("{old}{suffix}")).exists());
            assert!(pkg.join(format!("{new}{suffix}")).exists());
        }
    }

    #[test]
    fn compressed_copies_unpack_to_the_same_bytes() {
        let content = b"tenge diram somoni ".repeat(100);
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&gzip(&content).unwrap()[..])
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, content);
        unpacked.clear();
        brotli::BrotliDecompress(&mut &brotli(&content).unwrap()[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, content);
    }
}
