//! The group of the socket: protocol, role, addresses, backlog, buffer, the limit of connect.

use egui::Ui;

use super::rows::{choice, label, pair_row, row, text_row};
use super::{Form, Hold, address, transfer};
use crate::program::{ProgramKind, Role};
use crate::text;
use crate::ui::joined::{Frame, joined, width};
use crate::ui::look::Look;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    kind(ui, form, look);
    family(ui, form, look);
    match form.spec().kind.role() {
        role if form.spec().kind.is_unix() => {
            if role == Role::Client {
                text_row(ui, form, "connect", look);
            }
            text_row(ui, form, "bind", look);
        }
        Role::Server => {
            address::show(ui, form, "bind", look);
            address::show(ui, form, "connect", look);
        }
        Role::Client => {
            address::show(ui, form, "connect", look);
            address::show(ui, form, "bind", look);
        }
    }
    if matches!(form.spec().kind, ProgramKind::TcpClient | ProgramKind::HttpClient) {
        pair_row(ui, form, ["connect_timeout", "recv_size"], "B", look);
    } else {
        pair_row(ui, form, ["backlog", "recv_size"], "B", look);
    }
    for key in ["seed", "idle"] {
        text_row(ui, form, key, look);
    }
    transfer::show(ui, form, true, look);
}

/// TCP, UDP or TFTP, server or client: in one row where there is room for it.
fn kind(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let now = form.spec().kind;
    let frame = match form.hold {
        Hold::Free => Frame::Plain,
        Hold::UntilRestart => Frame::Held,
        Hold::Fixed => Frame::Fixed,
    };
    let say = |message| look.say(&message);
    let protocol = |kind: ProgramKind, tip| (kind.protocol(), kind.protocol().to_owned(), say(tip));
    let unix = |kind: ProgramKind, word, tip| (kind.protocol(), say(word), say(tip));
    let protocols = if now.is_unix() {
        vec![
            unix(ProgramKind::UnixServer, text!("ui-kind-unix-stream"), text!("ui-kind-unix-stream-tip")),
            unix(ProgramKind::UnixDatagramServer, text!("ui-kind-unix-datagram"), text!("ui-kind-unix-datagram-tip")),
        ]
    } else if now.speaks_http() {
        vec![protocol(ProgramKind::TcpServer, text!("ui-kind-tcp-tip")), protocol(ProgramKind::HttpServer, text!("ui-kind-http-tip"))]
    } else if now.is_link() {
        vec![protocol(ProgramKind::TcpLink, text!("ui-kind-tcp-link-tip")), protocol(ProgramKind::UdpLink, text!("ui-kind-udp-link-tip"))]
    } else {
        vec![
            protocol(ProgramKind::TcpServer, text!("ui-kind-tcp-tip")),
            protocol(ProgramKind::UdpServer, text!("ui-kind-udp-tip")),
            protocol(ProgramKind::TftpServer, text!("ui-kind-tftp-tip")),
        ]
    };
    let roles = [
        (Role::Server, say(text!("ui-role-server")), say(text!("ui-role-server-tip"))),
        (Role::Client, say(text!("ui-role-client")), say(text!("ui-role-client-tip"))),
    ];
    let [kind_name, role_name] = [label("kind"), text!("ui-field-role")].map(|message| look.say(&message));
    let (mut new_protocol, mut new_role) = (None, None);
    let mut is_whole = false;
    row(ui, &kind_name, &kind_name, look, |ui, room| {
        new_protocol = joined(ui, now.protocol(), &protocols, frame, look);
        let words = protocols.iter().map(|(_, word, _)| word).chain(roles.iter().map(|(_, word, _)| word));
        is_whole = now.is_link() || width(ui, words.map(String::as_str)) + ui.spacing().item_spacing.x <= room;
        if is_whole && !now.is_link() {
            new_role = joined(ui, now.role(), &roles, frame, look);
        }
    });
    if !is_whole {
        row(ui, &role_name, &role_name, look, |ui, _| new_role = joined(ui, now.role(), &roles, frame, look));
    }
    if new_protocol.is_none() && new_role.is_none() {
        return;
    }
    let (protocol, role) = (new_protocol.unwrap_or_else(|| now.protocol()), new_role.unwrap_or_else(|| now.role()));
    let fits = |kind: &&ProgramKind| kind.protocol() == protocol && kind.role() == role && kind.is_link() == now.is_link();
    if let Some(kind) = ProgramKind::ALL.iter().find(fits) {
        let changed = form.lab.as_kind(form.spec(), *kind);
        form.edit(|spec| *spec = changed);
    }
}

/// Addresses of IP, or paths of this machine: the same program in the other family.
fn family(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let now = form.spec().kind;
    let other = match now {
        ProgramKind::TcpServer => ProgramKind::UnixServer,
        ProgramKind::TcpClient => ProgramKind::UnixClient,
        ProgramKind::UdpServer => ProgramKind::UnixDatagramServer,
        ProgramKind::UdpClient => ProgramKind::UnixDatagramClient,
        ProgramKind::UnixServer => ProgramKind::TcpServer,
        ProgramKind::UnixClient => ProgramKind::TcpClient,
        ProgramKind::UnixDatagramServer => ProgramKind::UdpServer,
        ProgramKind::UnixDatagramClient => ProgramKind::UdpClient,
        ProgramKind::Load
        | ProgramKind::TcpLink
        | ProgramKind::UdpLink
        | ProgramKind::TftpServer
        | ProgramKind::TftpClient
        | ProgramKind::HttpServer
        | ProgramKind::HttpClient
        | ProgramKind::Manual => return,
    };
    let name = look.say(&text!("ui-field-family"));
    let tip = look.say(&text!("ui-field-family-tip"));
    let words = [(false, look.say(&text!("ui-family-ip"))), (true, look.say(&text!("ui-family-unix")))];
    let hold = form.hold;
    let mut chosen = None;
    row(ui, &name, &tip, look, |ui, width| chosen = choice(ui, "family", &name, width, &now.is_unix(), &words, hold));
    if chosen.is_some() {
        let changed = form.lab.as_kind(form.spec(), other);
        form.edit(|spec| *spec = changed);
    }
}
