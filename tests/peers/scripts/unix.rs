//! Unix sockets between our program and the script: by path and by abstract name, and the file that goes with a server.

#![cfg(unix)]

use std::path::Path;

use socket_lab::lab::Lab;
use socket_lab::program::{Data, Outgoing, ProgramKind, Spec, Target};
use socket_lab::trace::Address;

use super::super::peer::LIMIT;
use super::{alone, ended, local, other_side, place_of, python_with, says};

const PAIRS: [(ProgramKind, ProgramKind); 2] =
    [(ProgramKind::UnixServer, ProgramKind::UnixClient), (ProgramKind::UnixDatagramServer, ProgramKind::UnixDatagramClient)];

/// Addresses of both families of names that nobody else has: one in this folder, one of this process.
fn addresses(folder: &Path, kind: ProgramKind, side: &str) -> Vec<Address> {
    let mut addresses = vec![Address::Path(folder.join(format!("a \"{kind}")).to_string_lossy().into())];
    if cfg!(target_os = "linux") {
        addresses.push(Address::Abstract(format!("socket-lab-{side}-{kind}-{}", std::process::id()).into()));
    }
    addresses
}

#[test]
#[ignore = "needs python3"]
fn a_client_in_python_is_answered_at_the_address_that_is_stated() {
    let folder = tempfile::tempdir().expect("there");
    for (server, _) in PAIRS {
        for address in addresses(folder.path(), server, "ours") {
            let spec = Spec { path: Some(address.clone()), ..Spec::new(server, "server") };
            let script = other_side(&Lab { programs: vec![spec.clone()], ..Lab::default() }, "server", None);
            let session = alone(spec);
            assert_eq!(local(&session, 0), address);
            let mut python = python_with(folder.path(), &script, &[]);
            python.say("hi 你好\n".as_bytes());
            says(&python, "hi 你好\n");
            ended(python, &script);
            assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
        }
    }
}

#[test]
#[ignore = "needs python3"]
fn a_server_in_python_is_at_the_address_that_is_stated_and_its_file_goes_with_it() {
    let folder = tempfile::tempdir().expect("there");
    for (server, client) in PAIRS {
        for address in addresses(folder.path(), server, "python") {
            let send = vec![Outgoing::new(Data::Text("hi 你好".to_owned()))];
            let client = Spec { connect: Some(Target::Unix(address.clone())), send, ..Spec::new(client, "client") };
            let mut server = Spec { path: Some(address.clone()), ..Spec::new(server, "server") };
            (server.manner.connections, server.manner.messages) = (Some(1), Some(1));
            let client = Spec { connect: Some(Target::Program("server".to_owned())), ..client };
            let lab = Lab { programs: vec![server, client.clone()], ..Lab::default() };
            let script = other_side(&lab, "client", None);
            let python = python_with(folder.path(), &script, &[]);
            assert_eq!(place_of(&python, false), Target::Unix(address.clone()));
            let session = alone(Spec { connect: Some(Target::Unix(address.clone())), ..client });
            assert!(session.wait(|programs| programs[0].has_ended(), LIMIT), "{script}\n{:#?}", session.status());
            assert!(!session.status()[0].has_failed(), "{:#?}", session.status());
            assert!(ended(python, &script).contains("hi 你好\n"));
            if let Address::Path(path) = &address {
                assert!(!Path::new(&**path).exists(), "the file is left");
            }
        }
    }
}
