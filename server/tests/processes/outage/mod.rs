//! What the server stands on fails: its disk, its database, its callers' connections, whoever reads its log.

mod full_disk;
mod hang_ups;
mod held_row;
mod log_reader;
mod own_postgres;
mod restart;
mod silence;
