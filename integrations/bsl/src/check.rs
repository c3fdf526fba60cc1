//! Checks a module for what 1C would refuse, and for what a module that handles money must not do.
