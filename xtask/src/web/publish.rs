//! Publishing files under names that change with their content, so that browsers may cache them for
//! ever.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The number of hexadecimal digits of the content hash in a file's name: 64 bits.
const NAME_HASH_DIGITS: usize = 16;

/// Returns whether the published bundle was built from the same inputs.
pub(super) fn is_up_to_date(site_dir: &Path, inputs: &str) -> bool {
    fs::read(site_dir.join("manifest.json"))
        .ok()
        .and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok())
        .is_some_and(|manifest| manifest.get("inputs").is_some_and(|old| old == inputs))
}

/// A bundle that is being written. At any moment the manifest lists only complete files.
pub(super) struct Publisher<'a> {
    site_dir: &'a Path,
    pkg_dir: PathBuf,
    /// The content of `manifest.json`, which the server reads: the name of the file for each
    /// purpose.
    manifest: serde_json::Map<String, serde_json::Value>,
}

impl<'a> Publisher<'a> {
    pub(super) fn new(site_dir: &'a Path) -> Result<Self> {
        let pkg_dir = site_dir.join("pkg");
        fs::create_dir_all(&pkg_dir).with_context(|| pkg_dir.display().to_string())?;
        Ok(Self {
            site_dir,
            pkg_dir,
            manifest: serde_json::Map::new(),
        })
    }

    /// Writes a file with its compressed copies, prints the sizes and adds the file to the manifest
    /// as `purpose`. Returns its name: `<stem>.<hash of the content>.<extension>`.
    pub(super) fn add(
        &mut self,
        purpose: &str,
        (stem, extension): (&str, &str),
        content: &[u8],
    ) -> Result<String> {
        let hash = hash(content);
        let name = format!("{stem}.{hash:.NAME_HASH_DIGITS$}.{extension}");
        let brotli = brotli(content)?;
        let gzip = gzip(content)?;
        println!(
            "  {name:<32} {:>8} bytes, {:>7} gzip, {:>7} brotli",
            content.len(),
            gzip.len(),
            brotli.len()
        );
        let path = self.pkg_dir.join(&name);
        fs::write(&path, content)?;
        fs::write(path.with_added_extension("br"), brotli)?;
        fs::write(path.with_added_extension("gz"), gzip)?;
        self.manifest.insert(purpose.into(), name.clone().into());
        Ok(name)
    }

    /// Makes the bundle the current one and removes the files of earlier bundles. `inputs` is the
    /// hash of everything that it was built from.
    pub(super) fn finish(mut self, inputs: &str) -> Result<()> {
        let is_named = |file: &str| {
            let mut names = self.manifest.values().filter_map(|name| name.as_str());
            names.any(|name| file.starts_with(name))
        };
        let mut old = Vec::new();
        for entry in fs::read_dir(&self.pkg_dir)? {
            let entry = entry?;
            if !is_named(&entry.file_name().to_string_lossy()) {
                old.push(entry.path());
            }
        }

        self.manifest.insert("inputs".into(), inputs.into());
        let text = serde_json::to_string_pretty(&self.manifest)?;
        let new = self.site_dir.join("manifest.json.new");
        fs::write(&new, text)?;
        fs::rename(new, self.site_dir.join("manifest.json"))?;

        for path in old {
            fs::remove_file(path)?;
        }
        Ok(())
    }
}

/// Returns the SHA-256 of `content` in lower-case hexadecimal.
pub(super) fn hash(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        // Blocks of 1 MiB, so that the program fits into one block. This saves 0.5 %.
        lgblock: 20,
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

    #[test]
    fn a_name_changes_with_the_content() {
        let site = tempfile::tempdir().unwrap();
        let mut publisher = Publisher::new(site.path()).unwrap();
        let mut name = |content: &str| {
            publisher
                .add("js", ("bonex", "js"), content.as_bytes())
                .unwrap()
        };
        assert_eq!(name("a"), name("a"));
        assert_ne!(name("a"), name("b"));
        assert_eq!(name("a"), "bonex.ca978112ca1bbdca.js");
    }

    #[test]
    fn a_new_bundle_replaces_the_old_one_and_its_copies() {
        let site = tempfile::tempdir().unwrap();
        let publish = |content: &[u8], inputs: &str| {
            let mut publisher = Publisher::new(site.path()).unwrap();
            let name = publisher.add("js", ("bonex", "js"), content).unwrap();
            publisher.finish(inputs).unwrap();
            name
        };
        let old = publish(b"old", "inputs");
        assert!(is_up_to_date(site.path(), "inputs"));
        assert!(!is_up_to_date(site.path(), "other inputs"));

        let new = publish(b"new", "other inputs");
        let pkg = site.path().join("pkg");
        for suffix in ["", ".br", ".gz"] {
            assert!(!pkg.join(format!("{old}{suffix}")).exists());
            assert!(pkg.join(format!("{new}{suffix}")).exists());
        }
        let manifest = fs::read_to_string(site.path().join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["js"], new.as_str());
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
