//! Files that hold secrets or what clients own: nobody but the server's own user reads them.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a file for writing, made where absent.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    close_to_others(path);
    Ok(file)
}

/// Takes from others what an earlier version, a copy or an operator's mask has left open to them.
pub(crate) fn close_to_others(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Ok(metadata) = std::fs::metadata(path) else {
            return;
        };
        if metadata.permissions().mode() & 0o077 != 0
            && let Err(error) = std::fs::set_permissions(path, PermissionsExt::from_mode(0o600))
        {
            tracing::warn!(path = %path.display(), %error, "others may read this file");
        }
    }
}
