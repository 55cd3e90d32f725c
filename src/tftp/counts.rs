//! What a transfer has counted.

/// Counters of one end of a transfer. They only rise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Packets that were to be sent, repeated ones included.
    pub sent: u64,
    /// Datagrams that came from the partner.
    pub received: u64,
    /// Packets sent that had been sent before.
    pub retransmissions: u64,
    /// Packets received that had been received before.
    pub duplicates: u64,
    /// Times that a packet was missed: an answer that did not come in time, a gap in a window. Inferred: it may only have been late.
    pub lost: u64,
    /// Packets that had no place: acknowledgements and blocks from the future, and what is no packet.
    pub strays: u64,
    /// Bytes of the file (as they stand in the packets) that were acknowledged, or received in order.
    pub bytes: u64,
    /// Blocks that were acknowledged, or received in order. The number on the wire is this modulo 65 536.
    pub blocks: u64,
}
