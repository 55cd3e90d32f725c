//! Changing which programs a lab has: add, duplicate, rename, move, remove.

use super::check::family;
use super::field::{field, fields_of};
use super::file::Lab;
use crate::program::{ProgramKind, Role, Spec, TO_TRY, Target};
use crate::text;
use crate::text::Message;

impl Lab {
    /// Adds a program with a name and, for a server, a port that no other of the lab has; a client asks the first server of its protocol. Returns
    /// its name.
    pub fn add(&mut self, kind: ProgramKind) -> String {
        let stem = match kind.role() {
            _ if kind.is_link() => "link",
            _ if kind == ProgramKind::Manual => "manual",
            Role::Server => "server",
            Role::Client => "client",
        };
        let mut spec = Spec::new(kind, self.free_name(stem));
        self.give_free_port(&mut spec);
        if kind.role() == Role::Client || kind.is_link() {
            spec.connect = self.first_server(kind, &spec.name);
        }
        give_work(&mut spec);
        let name = spec.name.clone();
        self.programs.push(spec);
        name
    }

    /// The program `spec` of this lab as another kind: what that kind has too is kept. What was a client and becomes a server has a port of its own, what was
    /// a server asks the first server.
    pub fn as_kind(&self, spec: &Spec, kind: ProgramKind) -> Spec {
        let mut changed = Spec::new(kind, spec.name.clone());
        for new in fields_of(kind).filter(|new| new.key != "kind") {
            if let Some(setting) = field(spec.kind, new.key).and_then(|old| (old.get)(spec)) {
                (new.set)(&mut changed, setting);
            }
        }
        // An option that the other type of socket lacks would be an error that nobody asked for.
        changed.options.retain(|(option, _)| option.types.contains(&kind.socket_type()));
        if spec.kind.is_unix() != kind.is_unix() {
            // Neither addresses nor the options of IP mean anything to the other family.
            let family = family(&self.programs, &changed);
            changed.options.retain(|(option, _)| option.families.contains(&family));
            if kind.role() == Role::Client {
                changed.connect = self.first_server(kind, &spec.name);
            } else {
                self.give_free_port(&mut changed);
            }
        }
        match (spec.kind.role(), kind.role()) {
            (Role::Client, Role::Server) => {
                changed.bind = if kind.is_unix() { None } else { spec.bind.or(changed.bind) };
                self.give_free_port(&mut changed);
            }
            (Role::Server, Role::Client) => {
                (changed.bind, changed.path, changed.connect) = (None, None, self.first_server(kind, &spec.name));
            }
            _ => {}
        }
        give_work(&mut changed);
        changed
    }

    /// The first server that a client of this kind can ask, other than the program called `name`.
    fn first_server(&self, kind: ProgramKind, name: &str) -> Option<Target> {
        let serves = |other: &&Spec| other.kind.role() == Role::Server && other.kind.protocol() == kind.protocol() && other.name != name;
        self.programs.iter().find(serves).map(|server| Target::Program(server.name.clone()))
    }

    /// Puts a copy behind the program called `name`, with a name and, for a server, a port of its own. Returns the name of the copy.
    ///
    /// # Errors
    /// There is no such program.
    pub fn duplicate(&mut self, name: &str) -> Result<String, Message> {
        let place = self.place(name)?;
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let mut copy = self.programs.get(place).ok_or_else(|| unknown(name))?.clone();
        copy.name = self.free_name(if stem.is_empty() { name } else { stem });
        self.give_free_port(&mut copy);
        let name = copy.name.clone();
        self.programs.insert(place + 1, copy);
        Ok(name)
    }

    /// Calls the program `old` by the name `new`, wherever it is named: who asks `@old` then asks `@new`.
    ///
    /// # Errors
    /// There is no such program, the name is none, or another program has it.
    pub fn rename(&mut self, old: &str, new: &str) -> Result<(), Message> {
        let place = self.place(old)?;
        if old == new {
            return Ok(());
        }
        if let Some(field) = field(ProgramKind::TcpServer, "name") {
            field.typed(&super::setting::quote(new))?;
        }
        if self.program(new).is_some() {
            return Err(text!("lab-name-taken", name = new));
        }
        if let Some(spec) = self.programs.get_mut(place) {
            new.clone_into(&mut spec.name);
        }
        for spec in &mut self.programs {
            if spec.connect == Some(Target::Program(old.to_owned())) {
                spec.connect = Some(Target::Program(new.to_owned()));
            }
            // A socket of its own that bears the name is meant before a program.
            let own = spec.calls.iter().filter_map(|press| press.makes().map(str::to_owned)).collect::<Vec<_>>();
            for press in &mut spec.calls {
                if let Some(Target::Program(name)) = &mut press.address
                    && name == old
                    && !own.iter().any(|made| made == old)
                {
                    new.clone_into(name);
                }
            }
            for contact in spec.manner.contacts.iter_mut().filter(|contact| contact.at == Target::Program(old.to_owned())) {
                contact.at = Target::Program(new.to_owned());
            }
        }
        Ok(())
    }

    /// Moves the program called `name` to `place`, or to the end where there are fewer.
    ///
    /// # Errors
    /// There is no such program.
    pub fn put(&mut self, name: &str, place: usize) -> Result<(), Message> {
        let old = self.place(name)?;
        let spec = self.programs.remove(old);
        self.programs.insert(place.min(self.programs.len()), spec);
        Ok(())
    }

    /// Moves the program called `name` one place up or down; at the end it stays.
    ///
    /// # Errors
    /// There is no such program.
    pub fn shift(&mut self, name: &str, down: bool) -> Result<(), Message> {
        let place = self.place(name)?;
        self.put(name, if down { place + 1 } else { place.saturating_sub(1) })
    }

    /// Takes the program called `name` away.
    ///
    /// # Errors
    /// There is no such program.
    pub fn remove(&mut self, name: &str) -> Result<(), Message> {
        let place = self.place(name)?;
        self.programs.remove(place);
        Ok(())
    }

    /// The place of the program called `name`.
    fn place(&self, name: &str) -> Result<usize, Message> {
        self.programs.iter().position(|spec| spec.name == name).ok_or_else(|| unknown(name))
    }

    /// `stem`, or it with the first number that makes it a name of its own.
    fn free_name(&self, stem: &str) -> String {
        let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
        std::iter::once(stem.to_owned()).chain(numbered).find(|name| self.program(name).is_none()).unwrap_or_default()
    }

    /// Gives `spec` the next port that no program of the lab has; port 0 asks for any and stays.
    fn give_free_port(&self, spec: &mut Spec) {
        if let Some(bind) = spec.bind.as_mut().filter(|bind| bind.port() != 0) {
            let taken = |port: u16| self.programs.iter().any(|other| other.bind.is_some_and(|other| other.port() == port));
            bind.set_port((bind.port()..u16::MAX).find(|port| !taken(*port)).unwrap_or_default());
        }
    }
}

/// A client of TFTP that gets and puts nothing would be an error: it gets the file that a server without a folder has.
fn give_work(spec: &mut Spec) {
    if spec.kind == ProgramKind::TftpClient && spec.tftp.get.is_none() && spec.tftp.put.is_none() {
        spec.tftp.get = Some(TO_TRY.to_owned());
    }
}

fn unknown(name: &str) -> Message {
    text!("lab-unknown-program", name = name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::option::by_name;
    use crate::trace::Value;

    fn names(lab: &Lab) -> Vec<&str> {
        lab.programs.iter().map(|spec| spec.name.as_str()).collect()
    }

    fn server_and_client() -> Lab {
        let mut lab = Lab::default();
        lab.add(ProgramKind::TcpServer);
        lab.add(ProgramKind::TcpClient);
        lab
    }

    #[test]
    fn a_new_program_is_in_nobody_s_way() {
        let mut lab = Lab::default();
        for kind in [ProgramKind::TcpServer, ProgramKind::TcpServer, ProgramKind::UdpServer, ProgramKind::TcpClient, ProgramKind::UdpClient]
        {
            lab.add(kind);
        }
        for kind in [ProgramKind::TftpServer, ProgramKind::TftpClient] {
            lab.add(kind);
        }
        assert_eq!(lab.check(), [], "{lab:?}");
        assert_eq!(lab.programs[1].name, "server-2");
        assert_eq!(lab.programs[3].connect, Some(Target::Program("server".to_owned())));
        assert_eq!(lab.programs[4].connect, Some(Target::Program("server-3".to_owned())));
        assert_eq!(lab.programs[6].connect, Some(Target::Program("server-4".to_owned())));
        assert_eq!(lab.programs[5].bind.map(|bind| bind.port()), Some(6969));
    }

    #[test]
    fn a_copy_stands_behind_with_a_name_and_a_port_of_its_own() {
        let mut lab = server_and_client();
        lab.programs[0].backlog = 1;
        assert_eq!(lab.duplicate("server"), Ok("server-2".to_owned()));
        assert_eq!(lab.duplicate("server-2"), Ok("server-3".to_owned()));
        assert_eq!(lab.duplicate("client"), Ok("client-2".to_owned()));
        assert_eq!(names(&lab), ["server", "server-2", "server-3", "client", "client-2"]);
        assert_eq!(lab.programs[1].backlog, 1);
        let ports = lab.programs.iter().filter_map(|spec| spec.bind).map(|bind| bind.port()).collect::<Vec<_>>();
        assert_eq!(ports, [9001, 9002, 9003]);
        assert_eq!(lab.check(), []);
        assert!(lab.duplicate("nobody").is_err());
    }

    #[test]
    fn who_asks_for_a_program_follows_its_name() {
        let mut lab = server_and_client();
        lab.rename("server", "echo").expect("renamed");
        assert_eq!(lab.programs[1].connect, Some(Target::Program("echo".to_owned())));
        assert_eq!(lab.check(), []);
        assert_eq!(lab.rename("echo", "client").expect_err("taken").key(), "lab-name-taken");
        for wrong in ["", "two words", "a\"b", "1\n"] {
            assert!(lab.rename("echo", wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(names(&lab), ["echo", "client"]);
        assert_eq!(lab.rename("echo", "echo"), Ok(()));
    }

    #[test]
    fn what_another_kind_has_too_is_kept() {
        let mut lab = server_and_client();
        lab.programs[0].recv_size = 16;
        let option = |name| (by_name(name).expect("in the table"), Value::Flag(true));
        lab.programs[0].options = vec![option("SO_REUSEADDR"), option("TCP_NODELAY")];
        let udp = lab.as_kind(&lab.programs[0], ProgramKind::UdpServer);
        assert_eq!((udp.kind, udp.recv_size, udp.options.len(), udp.bind), (ProgramKind::UdpServer, 16, 1, lab.programs[0].bind));
        let second = lab.as_kind(&lab.programs[1], ProgramKind::TcpServer);
        assert_eq!(second.bind.map(|bind| bind.port()), Some(9002), "a port of its own");
        lab.programs[1] = second;
        let client = lab.as_kind(&lab.programs[0], ProgramKind::TcpClient);
        assert_eq!((client.bind, client.connect.clone()), (None, Some(Target::Program("client".to_owned()))));
        lab.programs[0] = client;
        assert_eq!(lab.check(), []);
    }

    #[test]
    fn programs_are_moved_and_taken_away() {
        let mut lab = server_and_client();
        lab.add(ProgramKind::UdpServer);
        lab.put("server", 9).expect("moved");
        assert_eq!(names(&lab), ["client", "server-2", "server"]);
        lab.shift("server", false).expect("moved");
        lab.shift("client", false).expect("stays");
        assert_eq!(names(&lab), ["client", "server", "server-2"]);
        lab.shift("server-2", true).expect("stays");
        lab.remove("client").expect("removed");
        assert_eq!(names(&lab), ["server", "server-2"]);
        assert!(lab.remove("client").is_err());
    }
}
