//! A separate PostgreSQL for one test, which the test can stop.

use std::path::PathBuf;
use std::process::Command;

use testkit::TestDatabase;

pub(crate) struct OwnPostgres {
    folder: tempfile::TempDir,
    programs: PathBuf,
}

impl OwnPostgres {
    /// Starts an empty PostgreSQL.
    pub(crate) fn start() -> Self {
        let programs = std::env::var_os("BONEX_TEST_POSTGRES_PROGRAMS");
        let programs = programs
            .expect("run the tests with `make test` or `cargo xtask with-postgres`")
            .into();
        // A short path, because the path of a socket is limited to about 100 bytes.
        let folder = tempfile::Builder::new()
            .prefix("bonex-own")
            .tempdir()
            .unwrap();
        let postgres = Self { folder, programs };
        if is_root() {
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(postgres.folder.path())
                .status();
            assert!(owned.unwrap().success());
        }
        postgres.run(
            "initdb",
            &["--username", "postgres", "--auth", "trust", "--no-sync"],
        );
        postgres.up();
        postgres
    }

    pub(crate) fn database(&self) -> TestDatabase {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        TestDatabase::at(format!("postgres://postgres@{folder}/postgres"))
    }

    /// Returns the path of the socket on which it listens.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join(".s.PGSQL.5432")
    }

    pub(crate) fn up(&self) {
        let folder = self.folder.path().display();
        let options = format!("-c listen_addresses= -c unix_socket_directories={folder}");
        let log = self.folder.path().join("log").display().to_string();
        self.run(
            "pg_ctl",
            &[
                "start",
                "--silent",
                "--wait",
                "--log",
                &log,
                "--options",
                &options,
            ],
        );
    }

    /// Stops PostgreSQL, which closes every connection.
    pub(crate) fn down(&self) {
        self.run("pg_ctl", &["stop", "--silent", "--wait", "--mode", "fast"]);
    }

    /// Makes PostgreSQL refuse writes, as a former primary does after a failover, or accept them
    /// again.
    pub(crate) fn read_only(&self, on: bool) {
        let setting = format!("ALTER SYSTEM SET default_transaction_read_only = {on}");
        let mut psql = self.command("psql");
        psql.arg("--host")
            .arg(self.folder.path())
            .args(["--username", "postgres", "--quiet"]);
        // This session must be able to write, so that the setting can be reverted.
        psql.args([
            "-c",
            "SET default_transaction_read_only = off",
            "-c",
            &setting,
        ]);
        assert!(psql.status().unwrap().success());
        self.run("pg_ctl", &["reload", "--silent"]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = self.command(program);
        command
            .args(arguments)
            .arg("--pgdata")
            .arg(self.folder.path().join("data"));
        // Not a pipe, because the started server would keep the pipe open.
        let status = command
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{program} {arguments:?}: {status}");
    }

    /// Returns the command of a PostgreSQL program. As root it runs as another user, because
    /// PostgreSQL refuses to run as root.
    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        let mut stop = self.command("pg_ctl");
        stop.args(["stop", "--silent", "--mode", "immediate", "--pgdata"]);
        let _ = stop.arg(self.folder.path().join("data")).status();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}
