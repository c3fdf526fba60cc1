//! A test of a full disk: sales are refused while it is full and accepted when it has room again,
//! without a restart and without a loss.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use testkit::TestDatabase;

use crate::process::assert_ledger_is_sound;
use crate::till::open;

/// A file system of a few megabytes.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"]);
        let mounted = mount.arg(folder.path()).status().unwrap();
        assert!(
            mounted.success(),
            "this test mounts a small tmpfs: run it as root"
        );
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills the disk completely.
    fn fill(&self) {
        let mut filler = fs::File::create(self.path().join("filler")).unwrap();
        for size in [65_536, 4_096, 1] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        fs::remove_file(self.path().join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, because after a failed test the server may still have files open.
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.path())
            .status();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sales_are_accepted_again_when_the_full_disk_has_room() {
    let disk = SmallDisk::new();
    let database = TestDatabase::sqlite_in(disk.path());
    let (_server, till) = open(&database).await;
    till.client_with(0).await;
    assert_eq!(till.sell("before").await.status, 201);

    disk.fill();
    let mut sold = 0;
    // A few more sales fit into the space that SQLite has already allocated.
    let refused = loop {
        let answer = till.sell(&format!("last-{sold}")).await;
        if answer.status != 201 {
            break answer;
        }
        sold += 1;
    };
    assert_eq!(
        (refused.status, refused.code()),
        (503, "storage_full"),
        "{refused:?}"
    );
    assert!(refused.retry_after.is_some());
    for attempt in 0..8 {
        let refused = till.sell(&format!("full-{attempt}")).await;
        assert_eq!(
            (refused.status, refused.code()),
            (503, "storage_full"),
            "{refused:?}"
        );
    }
    till.ready(503).await;
    // Reading still works.
    assert_eq!(till.balance().await, 1 + sold);

    disk.make_room();
    for number in 0..20 {
        let answer = till.sell(&format!("after-{number}")).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    till.ready(200).await;
    assert_eq!(till.balance().await, 21 + sold);
    assert_ledger_is_sound(&database);
}
