//! Tests of outages of what the server depends on: its disk, its database, its callers' connections
//! and the reader of its log.

mod full_disk;
mod hang_ups;
mod held_row;
mod log_reader;
mod own_postgres;
mod restart;
mod silence;
