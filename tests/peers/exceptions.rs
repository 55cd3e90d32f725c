//! What errors are called in Python, against Python itself.

use std::process::Command;

use socket_lab::trace::Errno;

#[test]
#[ignore = "needs Python"]
fn every_errno_is_the_exception_that_python_raises() {
    let script = "import errno, sys\nfor name in sys.argv[1:]: print(name, type(OSError(getattr(errno, name), '')).__name__)";
    let names = Errno::names()
        .filter(|name| Errno::by_name(name).is_some_and(|errno| errno.code() != 0 && !errno.is_of_lookup()))
        .collect::<Vec<_>>();
    let output = Command::new("python3").arg("-c").arg(script).args(&names).output().expect("Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    let ours = |name: &&str| {
        let elsewhere = Errno::by_name(name).and_then(Errno::elsewhere).expect("a row");
        format!("{name} {}", elsewhere.python)
    };
    assert_eq!(said.lines().collect::<Vec<_>>(), names.iter().map(ours).collect::<Vec<_>>());
}
