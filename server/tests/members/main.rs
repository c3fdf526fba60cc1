//! The client's own side: the bot, codes by SMS and the client API, on both engines.

#![cfg(test)]

mod api;
mod bot;
mod codes;
mod pages;
mod place;
