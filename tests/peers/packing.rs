//! Packing against Python's own `struct`, over formats and values made at random.

use std::fmt::Write as _;
use std::process::Command;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use socket_lab::wire::hex;
use socket_lab::wire::pack::{Format, Value};

/// Reads formats and bytes in hex, and says of each: how many bytes the format has, the values, and the bytes that they pack to; or that it is no format.
const SCRIPT: &str = r#"
import struct, sys
for line in sys.stdin:
    form, data = line.rstrip("\n").split("\t")
    try:
        size = struct.calcsize(form)
    except struct.error:
        print("no format")
        continue
    data = bytes.fromhex(data)[:size]
    values = struct.unpack(form, data)
    print(size, repr(list(values)), struct.pack(form, *values).hex(" "), sep="\t")
"#;

#[test]
#[ignore = "needs Python"]
fn formats_have_the_sizes_values_and_bytes_that_python_gives_them() {
    let codes = "xcbB?hHiIlLqQnNefdspP z".chars().collect::<Vec<_>>();
    let items = vec((prop_oneof![Just(None), (1..12_u32).prop_map(Some), Just(Some(0))], select(codes)), 0..8);
    let order = select(vec!["", "@", "=", "<", ">", "!"]);
    let formats = (order, items, vec(any::<u8>(), 1024)).prop_map(|(order, items, bytes)| {
        // Of `0p` Python itself cannot make anything.
        let items = items.into_iter().filter(|(count, code)| *code != 'p' || *count != Some(0));
        let items = items.map(|(count, code)| format!("{}{code}", count.map(|count| count.to_string()).unwrap_or_default()));
        (format!("{order}{}", items.collect::<String>()), bytes)
    });
    let mut runner = TestRunner::default();
    let cases = (0..4000).map(|_| formats.new_tree(&mut runner).expect("a format").current()).collect::<Vec<_>>();
    let mut input = String::new();
    for (format, bytes) in &cases {
        writeln!(input, "{format}\t{}", hex::format(bytes)).expect("memory");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("formats");
    std::fs::write(&file, input).expect("written");
    let input = std::fs::File::open(&file).expect("written");
    let output = Command::new("python3").args(["-c", SCRIPT]).stdin(input).output().expect("Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(said.lines().count(), cases.len());
    let mut formats = 0;
    for ((text, bytes), said) in cases.iter().zip(said.lines()) {
        let ours = Format::parse(text).map_or_else(
            |_| "no format".to_owned(),
            |format| {
                formats += 1;
                let values = format.unpack(bytes.get(..format.size()).expect("enough")).expect("as many");
                let written = values.iter().map(Value::written).collect::<Vec<_>>().join(", ");
                format!("{}\t[{written}]\t{}", format.size(), hex::format(&format.pack(&values).expect("its own values")))
            },
        );
        // What is no number has many forms of bits, of which Python keeps its own.
        if said.contains("nan") {
            assert_eq!(ours.split('\t').take(2).collect::<Vec<_>>(), said.split('\t').take(2).collect::<Vec<_>>(), "{text}");
        } else {
            assert_eq!(ours, said, "{text}");
        }
    }
    assert!(formats > 1000, "{formats} of them were formats");
}
