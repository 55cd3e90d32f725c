//! Plain values: what a row of the table of fields reads and puts as it stands, known by its type.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::setting::Setting;
use crate::net::{FaultPlan, Opt, Way};
use crate::program::manual::{Method, Press};
use crate::program::{Contact, Data, ErrorStyle, Handling, Outgoing, ProgramKind, Recorded, Reply, StopCase, Target, WriteRule};
use crate::trace::{Address, Request, Value};
use crate::wire::http::LineEnds;
use crate::wire::tftp::Mode;
use crate::wire::{Charset, Framing};

/// A value that is one kind of [`Setting`].
pub(super) trait Plain: Sized {
    /// The value as a setting; none where it is absent.
    fn to_setting(&self) -> Option<Setting>;

    /// The value that a setting states; none where the setting is of another kind or out of range.
    fn of(setting: Setting) -> Option<Self>;
}

/// What a row begins with whose value is plain and stands at this place: `..at!(tftp.blksize)`. A row whose value is not states its `get` and `set` itself.
macro_rules! at {
    ($($place:ident).+) => {
        crate::lab::field::Field {
            get: |of| crate::lab::plain::Plain::to_setting(&of.$($place).+),
            set: |of, setting| {
                if let Some(value) = crate::lab::plain::Plain::of(setting) {
                    of.$($place).+ = value;
                }
            },
            ..crate::lab::field::Field::BLANK
        }
    };
}

pub(super) use at;

impl<T: Plain> Plain for Option<T> {
    fn to_setting(&self) -> Option<Setting> {
        self.as_ref().and_then(T::to_setting)
    }

    fn of(setting: Setting) -> Option<Self> {
        T::of(setting).map(Some)
    }
}

macro_rules! plain {
    ($($type:ty: $setting:ident),+ $(,)?) => {
        $(impl Plain for $type {
            fn to_setting(&self) -> Option<Setting> {
                Some(Setting::$setting(self.clone()))
            }

            fn of(setting: Setting) -> Option<Self> {
                if let Setting::$setting(value) = setting { Some(value) } else { None }
            }
        })+
    };
}

plain! {
    String: Text,
    bool: Flag,
    Duration: Time,
    SocketAddr: Address,
    Address: Path,
    Target: Target,
    ProgramKind: Kind,
    Handling: Handling,
    Reply: Reply,
    Data: Data,
    Vec<u64>: Numbers,
    Vec<String>: Names,
    FaultPlan: Faults,
    Way: Way,
    Vec<(&'static Opt, Value)>: Options,
    Vec<Outgoing>: Outgoings,
    Framing: Framing,
    Vec<Contact>: Contacts,
    Vec<Press>: Calls,
}

macro_rules! numbers {
    ($($type:ty),+) => {
        $(impl Plain for $type {
            fn to_setting(&self) -> Option<Setting> {
                // Only a u64 can be larger, and no field takes one that is.
                Some(Setting::Number(i64::try_from(*self).unwrap_or(i64::MAX)))
            }

            fn of(setting: Setting) -> Option<Self> {
                if let Setting::Number(number) = setting { Self::try_from(number).ok() } else { None }
            }
        })+
    };
}

numbers!(u8, u16, u32, u64, i32);

macro_rules! words {
    ($($type:ty),+) => {
        $(impl Plain for $type {
            fn to_setting(&self) -> Option<Setting> {
                Some(Setting::Text(self.name().to_owned()))
            }

            fn of(setting: Setting) -> Option<Self> {
                if let Setting::Text(word) = setting { Self::by_name(&word) } else { None }
            }
        })+
    };
}

words!(Charset, ErrorStyle, LineEnds, Method, Recorded, Request, StopCase, WriteRule);

impl Plain for PathBuf {
    fn to_setting(&self) -> Option<Setting> {
        Some(Setting::Text(self.to_string_lossy().into_owned()))
    }

    fn of(setting: Setting) -> Option<Self> {
        if let Setting::Text(path) = setting { Some(path.into()) } else { None }
    }
}

impl Plain for Mode {
    fn to_setting(&self) -> Option<Setting> {
        Some(Setting::Text(self.word().to_owned()))
    }

    fn of(setting: Setting) -> Option<Self> {
        if let Setting::Text(word) = setting { Self::of(word.as_bytes()) } else { None }
    }
}
