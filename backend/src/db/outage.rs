//! Outages: what a failed statement says about the database, which may be full, away or busy. An
//! outage is not the request's fault, and it passes.

use sqlx::postgres::PgDatabaseError;

/// A reason why the database could not do what was asked. Nothing was written, so the same request
/// may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// The disk of the database is full or fails.
    StorageFull,
    /// The database is stopped, starting, unreachable, or takes no writes.
    Away,
    /// Other transactions hold the rows or the connections for longer than a request waits.
    Busy,
}

/// Returns the outage behind an error; `None` if the error is a fault of Bonex.
pub(crate) fn outage(error: &sqlx::Error) -> Option<Outage> {
    match error {
        sqlx::Error::PoolTimedOut => Some(Outage::Busy),
        sqlx::Error::Database(error) => match error.try_downcast_ref::<PgDatabaseError>() {
            Some(error) => of_postgres(error.code()),
            None => of_sqlite(&error.code()?),
        },
        _ => is_broken(error).then_some(Outage::Away),
    }
}

/// Returns whether the connection that the statement ran on can no longer be used, while another
/// one may work.
pub(crate) fn is_connection_lost(error: &sqlx::Error) -> bool {
    let is_ended =
        |code: &str| code.starts_with("57P") || code.starts_with("08") || code == "25P03";
    is_broken(error) || is_read_only(error) || postgres_code(error).is_some_and(is_ended)
}

/// Returns whether PostgreSQL takes no writes on this connection: its server was demoted to a
/// standby, or was switched to read-only to protect itself.
pub(crate) fn is_read_only(error: &sqlx::Error) -> bool {
    postgres_code(error) == Some("25006")
}

/// Returns the SQLSTATE if PostgreSQL has refused the statement.
pub(crate) fn postgres_code(error: &sqlx::Error) -> Option<&str> {
    let error = error.as_database_error()?;
    Some(error.try_downcast_ref::<PgDatabaseError>()?.code())
}

const fn is_broken(error: &sqlx::Error) -> bool {
    matches!(
        error,
        sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed
    )
}

/// Finds the outage by SQLSTATE (PostgreSQL's manual, appendix A).
fn of_postgres(code: &str) -> Option<Outage> {
    Some(match code {
        "53100" | "58030" => Outage::StorageFull,
        // A lock, a statement or a deadlock that took too long.
        "55P03" | "57014" | "40001" | "40P01" => Outage::Busy,
        "25006" | "25P03" | "3D000" => Outage::Away,
        // Classes of errors: connection (08), resources (53), operator (57), system (58), password
        // (28).
        _ if ["08", "53", "57", "58", "28"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            Outage::Away
        }
        _ => return None,
    })
}

/// Finds the outage by SQLite's result code (<https://sqlite.org/rescode.html>). Its lowest byte is
/// the primary code.
fn of_sqlite(code: &str) -> Option<Outage> {
    const BUSY: u32 = 5;
    const LOCKED: u32 = 6;
    const NO_MEMORY: u32 = 7;
    const READ_ONLY: u32 = 8;
    const IO_ERROR: u32 = 10;
    const FULL: u32 = 13;
    const CANNOT_OPEN: u32 = 14;
    const PROTOCOL: u32 = 15;
    Some(match code.parse::<u32>().ok()? & 0xff {
        FULL | IO_ERROR => Outage::StorageFull,
        BUSY | LOCKED | PROTOCOL => Outage::Busy,
        NO_MEMORY | READ_ONLY | CANNOT_OPEN => Outage::Away,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_recognized_on_both_engines() {
        assert_eq!(of_postgres("53100"), Some(Outage::StorageFull));
        // SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC.
        for code in ["13", "778", "1034"] {
            assert_eq!(of_sqlite(code), Some(Outage::StorageFull), "{code}");
        }
    }

    #[test]
    fn a_busy_database_differs_from_one_that_is_away() {
        for code in ["55P03", "57014"] {
            assert_eq!(of_postgres(code), Some(Outage::Busy), "{code}");
        }
        for code in ["57P01", "57P03", "08006", "25006", "53300", "28P01"] {
            assert_eq!(of_postgres(code), Some(Outage::Away), "{code}");
        }
        // SQLITE_BUSY_SNAPSHOT, SQLITE_CANTOPEN.
        assert_eq!(of_sqlite("517"), Some(Outage::Busy));
        assert_eq!(of_sqlite("14"), Some(Outage::Away));
        let gone = sqlx::Error::Io(std::io::ErrorKind::UnexpectedEof.into());
        assert_eq!(outage(&gone), Some(Outage::Away));
        assert!(is_connection_lost(&gone));
        assert!(!is_connection_lost(&sqlx::Error::PoolTimedOut));
    }

    #[test]
    fn a_fault_of_bonex_is_not_an_outage() {
        // A unique violation and a missing table.
        assert_eq!(of_postgres("23505"), None);
        assert_eq!(of_postgres("42P01"), None);
        // SQLITE_ERROR, SQLITE_CONSTRAINT_UNIQUE, SQLITE_CORRUPT.
        for code in ["1", "2067", "11"] {
            assert_eq!(of_sqlite(code), None, "{code}");
        }
        assert_eq!(outage(&sqlx::Error::RowNotFound), None);
    }
}
