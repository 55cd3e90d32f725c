//! How one way of a link is: what happens to what goes there.

use std::fmt;
use std::time::Duration;

use super::FaultPlan;
use crate::wire::time;

/// The most that a link holds of what goes one way for one client, in bytes.
pub const MOST_QUEUE: u32 = 4 << 20;
/// How long a datagram that is to go after the next one waits for it.
pub(super) const PATIENCE: Duration = Duration::from_millis(100);

/// One way of a link. What is 0 does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// How long each is held.
    pub delay: Duration,
    /// How much longer at most, drawn for each; the order stays.
    pub jitter: Duration,
    /// How many bytes a second go.
    pub rate: u64,
    /// How many bytes wait at most. Datagrams that do not fit are lost; a stream is not read further.
    pub queue: u32,
    /// How many of a hundred datagrams are lost.
    pub loss: u8,
    /// How many of a hundred datagrams come twice.
    pub duplicate: u8,
    /// How many of a hundred datagrams change places with the one behind.
    pub reorder: u8,
    /// How many bytes of a stream are sent at a time, at most.
    pub slice: u32,
    /// The pause behind each such piece.
    pub gap: Duration,
    /// How many bytes of a stream are collected before they are sent.
    pub glue: u32,
    /// How long they are collected at most.
    pub glue_time: Duration,
    /// Whether nothing of a stream goes on.
    pub stall: bool,
    /// After how many bytes of a stream both its connections are reset.
    pub reset_after: u64,
}

impl Default for Way {
    fn default() -> Self {
        Self {
            delay: Duration::ZERO,
            jitter: Duration::ZERO,
            rate: 0,
            queue: 256 << 10,
            loss: 0,
            duplicate: 0,
            reorder: 0,
            slice: 0,
            gap: Duration::from_millis(20),
            glue: 0,
            glue_time: Duration::from_millis(200),
            stall: false,
            reset_after: 0,
        }
    }
}

impl Way {
    /// What chance decides.
    pub(super) fn plan(&self) -> FaultPlan {
        let Self { loss, duplicate, reorder, .. } = *self;
        FaultPlan { loss, duplicate, late: reorder, delay: PATIENCE, ..FaultPlan::default() }
    }
}

impl fmt::Display for Way {
    /// What is not as it is by itself, by the names of a lab file: `delay = 20ms, loss = 5`; `-` where nothing is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = Self::default();
        let number = |name: &'static str, one: u64, other: u64| (one != other).then(|| format!("{name} = {one}"));
        let length = |name: &'static str, one: Duration, other: Duration| (one != other).then(|| format!("{name} = {}", time::write(one)));
        let parts = [
            length("delay", self.delay, none.delay),
            length("jitter", self.jitter, none.jitter),
            number("rate", self.rate, none.rate),
            number("queue", self.queue.into(), none.queue.into()),
            number("loss", self.loss.into(), none.loss.into()),
            number("duplicate", self.duplicate.into(), none.duplicate.into()),
            number("reorder", self.reorder.into(), none.reorder.into()),
            number("slice", self.slice.into(), none.slice.into()),
            length("gap", self.gap, none.gap),
            number("glue", self.glue.into(), none.glue.into()),
            length("glue_time", self.glue_time, none.glue_time),
            self.stall.then(|| "stall = true".to_owned()),
            number("reset_after", self.reset_after, none.reset_after),
        ];
        let parts = parts.into_iter().flatten().collect::<Vec<_>>();
        f.write_str(if parts.is_empty() { "-".to_owned() } else { parts.join(", ") }.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told_by_its_name() {
        assert_eq!(Way::default().to_string(), "-");
        let way = Way { delay: Duration::from_millis(20), loss: 5, stall: true, ..Way::default() };
        assert_eq!(way.to_string(), "delay = 20ms, loss = 5, stall = true");
    }
}
