//! The TFTP machines of the lab against each other and against models of other programs, in virtual time.

#![expect(clippy::expect_used, reason = "what a test stands on must be there")]

#[path = "machines/dice.rs"]
mod dice;
#[path = "machines/lockstep.rs"]
mod lockstep;
#[path = "machines/loss.rs"]
mod loss;
#[path = "machines/manners.rs"]
mod manners;
#[path = "machines/network.rs"]
mod network;
#[path = "machines/positions.rs"]
mod positions;
#[path = "machines/random.rs"]
mod random;
#[path = "machines/rollover.rs"]
mod rollover;
#[path = "machines/strangers.rs"]
mod strangers;
