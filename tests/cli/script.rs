//! `socket-lab script`: what is handed out is what the window hands out, whole, under its name, and over nothing that is there already.

use std::fs;

use socket_lab::lab::SAMPLES;
use socket_lab::text::Language;

use super::{SERVER, lab_file, run};

/// What is printed, where nothing fails.
fn printed(arguments: &[&str]) -> String {
    let (status, out, told) = run(arguments);
    assert_eq!((status, told.as_str()), (Some(0), ""), "{arguments:?}");
    out
}

#[test]
fn every_program_of_every_sample_hands_out_its_other_side() {
    for sample in SAMPLES {
        let lab = sample.lab(&[]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let all = folder.path().join("new").join("scripts");
        assert_eq!(printed(&["script", sample.name, "--output", all.to_str().unwrap()]), "");
        assert_eq!(fs::read_dir(&all).unwrap().count(), lab.programs.len(), "{}: nothing is left beside them", sample.name);
        let list = printed(&["script", sample.name]);
        assert_eq!(list.lines().count(), lab.programs.len(), "{list}");
        for (spec, line) in lab.programs.iter().zip(list.lines()) {
            let script = lab.other_side(&spec.name, None).unwrap();
            assert_eq!(line.split_whitespace().collect::<Vec<_>>(), [&spec.name, &script.name], "{list}");
            assert_eq!(fs::read_to_string(all.join(&script.name)).unwrap(), script.text, "{}", script.name);
            assert_eq!(printed(&["script", sample.name, &spec.name]), script.text, "{}", script.name);
        }
    }
}

#[test]
fn a_script_states_what_was_set() {
    let (_folder, file) = lab_file(SERVER);
    let asks = |more: &[&str]| printed(&[&["script", &file, "server"], more].concat());
    assert!(asks(&[]).contains("sys.exit(\"usage: "), "any port is known only when it runs");
    assert!(asks(&["--set", "server.bind=127.0.0.1:9077"]).contains("HOST, PORT = \"127.0.0.1\", 9077\n"));
}

#[test]
fn a_file_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (file, in_folder) = (path("mine.py"), path("server-for-client.py"));
    let script = |arguments: &[&str]| run(&[&["script", "first-echo"], arguments].concat());
    let expected = printed(&["script", "first-echo", "client"]);
    fs::write(&file, "mine").unwrap();
    let (status, out, told) = script(&["client", "-o", &file]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(told.contains("mine.py") && told.contains("--overwrite"), "{told}");
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    assert_eq!(script(&["client", "-o", &file, "--overwrite"]).0, Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    // A folder that is there takes one script under its own name; where one of all is in the way, none is written.
    assert_eq!(script(&["client", "-o", &path("")]).0, Some(0));
    assert_eq!(fs::read_to_string(&in_folder).unwrap(), expected);
    let (status, _, told) = script(&["-o", &path("")]);
    assert!(status == Some(2) && told.contains("server-for-client.py") && !told.contains("client-for-server.py"), "{told}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    assert_eq!(script(&["-o", &path(""), "--overwrite"]).0, Some(0));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    // Of what is no file nothing takes the place, and what cannot be written is told.
    fs::remove_file(&in_folder).unwrap();
    fs::create_dir(&in_folder).unwrap();
    assert_eq!(script(&["client", "-o", &path(""), "--overwrite"]).0, Some(2));
    let (status, _, told) = script(&["client", "-o", &path("none/x.py")]);
    assert!(status == Some(1) && told.contains("none") && told.contains("ENOENT"), "{told}");
}

#[test]
fn of_whom_nobody_is_at_the_other_side_is_told_in_the_words_of_the_window() {
    let hand = "[[program]]\nname = \"hand\"\nkind = \"manual\"\n";
    let (_alone, alone) = lab_file(hand);
    let (_both, both) = lab_file(&format!("{SERVER}{hand}"));
    let why = socket_lab::lab::NoScript::NoCalls("hand".to_owned()).message();
    for language in Language::ALL {
        let expected = format!("{}\n", why.in_language(language));
        let script = |arguments: &[&str]| run(&[&["script"], arguments, &["--lang", language.tag()]].concat());
        for arguments in [&[&*alone][..], &[&*alone, "hand"], &[&*both, "hand"]] {
            assert_eq!(script(arguments), (Some(2), String::new(), expected.clone()), "{arguments:?}");
        }
        // Who asks for all gets those that there are.
        assert_eq!(script(&[&both]), (Some(0), "server  client-for-server.py\n".to_owned(), expected));
    }
}
