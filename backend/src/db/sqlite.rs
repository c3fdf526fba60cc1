//! Opens SQLite: one file, one server, one writer.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::patience::ACQUIRE_TIMEOUT;
use super::reuse::{Trust, only_fit};
use crate::{Error, private_file};

/// The versions of the schema, which both engines have.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("../migrations/sqlite");

/// The number of connections that read, beside the one that writes.
const READERS: u32 = 4;

#[derive(Clone, Debug)]
pub(super) struct SqlitePools {
    /// The one connection that writes. SQLite has one writer at a time; the pool's queue is
    /// fair, SQLite's own queue is not.
    pub(super) writer: SqlitePool,
    pub(super) readers: SqlitePool,
    path: PathBuf,
}

/// A guard that the one server of a SQLite file holds as long as it serves.
#[derive(Debug)]
pub struct Serving {
    /// Closing the file releases the lock.
    _lock: Option<File>,
}

impl Serving {
    /// Makes the guard for an engine that allows many servers.
    pub(super) const fn shared() -> Self {
        Self { _lock: None }
    }
}

pub(super) async fn open(url: &str, trust: Trust) -> Result<SqlitePools, Error> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // With this setting a sale that was answered with 201 survives a loss of power.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(ACQUIRE_TIMEOUT)
        // A negative number is a size in KiB.
        .pragma("cache_size", "-65536");
    let path = options.get_filename().to_owned();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
    }
    // While a file is becoming a WAL database, SQLite refuses other connections at once.
    let _alone = alone(&path).await?;
    // Makes the file private first: SQLite gives the files beside it the same mode.
    private_file::open(&path).map_err(sqlx::Error::Io)?;
    for ending in ["-wal", "-shm"] {
        private_file::close_to_others(&beside(&path, ending));
    }
    let pool = |connections| {
        let options = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .idle_timeout(None)
            .max_lifetime(None);
        only_fit(options, trust.clone())
    };
    let writer = pool(1).connect_with(options.clone()).await?;
    let readers = pool(READERS).connect_with(options.read_only(true)).await?;
    Ok(SqlitePools {
        writer,
        readers,
        path,
    })
}

impl SqlitePools {
    /// Brings the schema up to date. Of several processes one migrates, and the others wait and
    /// find it done. Without the lock SQLite itself would refuse them.
    pub(super) async fn migrate(&self) -> Result<(), Error> {
        let _alone = alone(&self.path).await?;
        MIGRATIONS.run(&self.writer).await?;
        Ok(())
    }

    /// Returns the bytes that are free on the disk of the file, as far as the system says.
    pub(super) fn free_bytes(&self) -> Option<i64> {
        free_bytes(&self.path)
    }

    /// Makes this process the file's server.
    pub(super) fn claim(&self) -> Result<Serving, Error> {
        let lock = private_file::open(&beside(&self.path, ".serving")).map_err(sqlx::Error::Io)?;
        match lock.try_lock() {
            Ok(()) => Ok(Serving { _lock: Some(lock) }),
            Err(TryLockError::WouldBlock) => Err(Error::AlreadyServed(self.path.clone())),
            Err(TryLockError::Error(error)) => Err(sqlx::Error::Io(error).into()),
        }
    }
}

#[cfg(unix)]
fn free_bytes(path: &Path) -> Option<i64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    // What only the system's own user may use is not free.
    i64::try_from(disk.f_bavail.checked_mul(disk.f_frsize)?).ok()
}

#[cfg(not(unix))]
fn free_bytes(_path: &Path) -> Option<i64> {
    None
}

/// Waits until no other process prepares this database. Closing the returned file releases the
/// lock.
async fn alone(path: &Path) -> Result<File, Error> {
    let path = beside(path, ".setup");
    let locked = tokio::task::spawn_blocking(move || {
        let file = private_file::open(&path)?;
        file.lock()?;
        Ok(file)
    });
    let locked = locked.await.map_err(|_ended| sqlx::Error::WorkerCrashed)?;
    Ok(locked.map_err(sqlx::Error::Io)?)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}
