//! What the options of a socket are before anybody has set them, on this system: read of sockets made for it, never written down.

use std::collections::HashMap;

use super::OPTIONS;
use crate::net::sys;
use crate::trace::{Errno, Family, SocketType, Value};

/// The values of fresh sockets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defaults {
    values: HashMap<(Family, SocketType, &'static str), Result<Value, Errno>>,
}

impl Defaults {
    /// Makes a socket of each family and type and reads all its options. These calls are no program's and are not traced. What the system has not is missing.
    pub fn observe() -> Self {
        let mut values = HashMap::new();
        for family in [Family::Inet, Family::Inet6, Family::Unix] {
            for kind in [SocketType::Stream, SocketType::Datagram] {
                let Ok(probe) = sys::socket(family, kind) else { continue };
                for option in OPTIONS.iter().filter(|option| option.applies_to(family, kind) && option.is_harmless_to_read()) {
                    values.insert((family, kind, option.name), option.get(&probe).map_err(|error| Errno::of(&error)));
                }
            }
        }
        Self { values }
    }

    /// What a fresh socket of this family and type has, or what the kernel says instead; none where it was not asked.
    pub fn value(&self, family: Family, kind: SocketType, option: &str) -> Option<&Result<Value, Errno>> {
        self.values.iter().find(|((of, like, name), _)| (*of, *like, *name) == (family, kind, option)).map(|(_, value)| value)
    }
}
