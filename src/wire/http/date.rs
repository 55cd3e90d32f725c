//! Dates as HTTP writes them (RFC 9110, section 5.6.7).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Head;

/// The first second of the year 10000, which no date of HTTP can write, in seconds from 1970.
pub(super) const TOO_LATE: u64 = 253_402_300_800;

/// How long after the beginning of 1970 a moment is; none for one that is not written: before it, or after the year 9999.
pub(super) fn since_1970(moment: SystemTime) -> Option<Duration> {
    moment.duration_since(UNIX_EPOCH).ok().filter(|since| since.as_secs() < TOO_LATE)
}

/// A moment in words: `Sun, 06 Nov 1994 08:49:37 GMT`; none before 1970 and after the year 9999.
pub fn date(moment: SystemTime) -> Option<String> {
    since_1970(moment).map(|_| httpdate::fmt_http_date(moment))
}

/// The date of a header, in any of its three forms; what is none is as if it were not there.
pub(super) fn date_of(head: &Head, name: &str) -> Option<SystemTime> {
    let value = head.values(name).next()?;
    httpdate::parse_http_date(std::str::from_utf8(value).ok()?.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_has_no_date() {
        let after = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        assert_eq!(after(0).and_then(date).as_deref(), Some("Thu, 01 Jan 1970 00:00:00 GMT"));
        assert_eq!(UNIX_EPOCH.checked_sub(Duration::from_secs(1)).and_then(date), None);
        if let (Some(last), Some(far)) = (after(TOO_LATE - 1), after(TOO_LATE)) {
            assert_eq!((date(last).as_deref(), date(far)), (Some("Fri, 31 Dec 9999 23:59:59 GMT"), None));
        }
    }
}
