//! What stands still because of whom: two that wait for each other, and one that keeps all others waiting.

use crate::text;
use crate::text::Message;
use crate::trace::known::Known;
use crate::trace::{Call, OpenCall};
use crate::ui::scene::Scene;

/// What is seen of that now.
pub(super) fn seen(scene: &Scene, known: &Known) -> Vec<Message> {
    let mut waits = Vec::new();
    // What is held waits for a person, not for another.
    let open = scene.open.iter().filter(|open| !open.held).collect::<Vec<_>>();
    for (at, one) in open.iter().enumerate() {
        if let Some(other) = open.iter().skip(at + 1).find(|other| wait_for_each_other(one, other, scene)) {
            waits.push(text!("ui-threads-both-send", one = who(one, scene), other = who(other, scene)));
        }
        if one.call == Call::Recv
            && !open.iter().any(|other| other.program == one.program && other.call == Call::Accept)
            && let Some((count @ 1.., _)) = known.waiting(one.program)
        {
            waits.push(text!("ui-threads-one-for-all", one = who(one, scene), count = count));
        }
    }
    waits
}

fn who(open: &OpenCall, scene: &Scene) -> String {
    let program = scene.names.program_name(open.program);
    open.socket.map_or_else(|| program.clone(), |socket| format!("{program} {socket}"))
}

/// Both send, and each is the other side of the other.
fn wait_for_each_other(one: &OpenCall, other: &OpenCall, scene: &Scene) -> bool {
    let ends = |open: &OpenCall| {
        let ends = scene.names.socket(open.socket.filter(|_| open.call == Call::Send)?)?;
        Some((ends.local.clone()?, ends.peer.clone()?))
    };
    ends(one).zip(ends(other)).is_some_and(|((local, peer), (other_local, other_peer))| local == other_peer && peer == other_local)
}
