extension ParityCase {
    /// Commands that move, release or freeze what is tracked.
    static let fileCommands: [ParityCase] = [
        .effect("move", "data", "moved"),
        .effect("mv", "data", "sub", after: "mkdir sub"),
        .effect("move", "data", "sub/new", after: "mkdir sub; echo /x > sub/.gitignore"),
        .effect("freeze", "one", "data.dvc"),
        .effect("freeze", "data.dvc", "nosuch"),
        .effect("unfreeze", "one", after: "printf '    frozen: true\\n' >> dvc.yaml"),
        .effect("destroy", "-f"),
        .failure("destroy", saying: ["failed to destroy DVC", "Use `-f` to force."]),
        .failure("move", "nosuch", "x", saying: ["failed to move", "Unable to find DVC file"]),
        .failure("move", "one.txt", "x", saying: ["not data sources"]),
        .failure("move", "data", "no/where", saying: ["stage working dir", "does not exist"]),
        .failure(
            "move",
            "data",
            "x",
            saying: ["already exists"],
            after: "sed s/data/other/ data.dvc > x.dvc"
        ),
        .failure("freeze", "nosuch", saying: ["failed to freeze 'nosuch'"]),
        .failure("unfreeze", "nosuch", saying: ["failed to unfreeze 'nosuch'"]),
        .failure("unprotect", "nosuch", saying: ["can't unprotect non-existing data 'nosuch'"]),
    ]
}
