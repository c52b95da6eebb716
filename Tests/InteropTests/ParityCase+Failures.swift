extension ParityCase {
    static let failures: [ParityCase] = [
        .failure("add", "nosuch", saying: ["does not exist"]),
        .failure(
            "add",
            "../outside",
            saying: ["outside of DVC project"],
            after: "touch ../outside"
        ),
        .failure("add", "m.json", saying: ["overlaps with an output of stage: 'two'"]),
        .failure("add", "dvc.yaml", saying: ["dvc.yaml"]),
        .failure("add", "a", "a/b", saying: ["a/b"], after: "mkdir a; touch a/b"),
        .failure("add", "kept", saying: ["is already tracked by SCM"], after: gitFile("kept")),
        .failure("add", saying: ["targets"]),
        .failure("nosuch", saying: ["nosuch"]),
        .failure("add", "--nosuch", "data", saying: ["--nosuch"]),
        .failure("status", saying: ["not inside of a DVC repository"], after: "rm -r .dvc"),
        .failure("init", saying: ["'.dvc' exists"]),
        .failure("config", "core.bad", "1", saying: ["extra keys not allowed"]),
        .failure("remote", "add", "storage", "/x", saying: ["remote 'storage' already exists"]),
        .failure("remote", "remove", "nosuch", saying: ["remote 'nosuch' doesn't exist"]),
        .failure("remote", "default", "nosuch", saying: ["must be present in remote list"]),
        .failure("push", "-r", "nosuch", saying: ["remote 'nosuch' doesn't exist"]),
        .failure("push", saying: ["no remote"], after: "git rm -qf .dvc/config; touch .dvc/config"),
        .failure(
            "pull",
            saying: ["failed to pull"],
            after: "rm -r .dvc/cache data ../remote/files"
        ),
        .failure(
            "checkout",
            saying: ["Checkout failed", "one.txt"],
            after: "rm -r .dvc/cache one.txt data"
        ),
        .failure("checkout", saying: ["--force"], after: "echo mine > data/b"),
        .failure("checkout", "nosuch", saying: ["'nosuch' does not exist"]),
        .failure("repro", "nosuch", saying: ["'nosuch' not found"]),
        .failure(
            "repro",
            saying: ["failed to reproduce 'one'", "exited with 3"],
            after: command("exit 3")
        ),
        .failure("repro", saying: ["'one.txt' does not exist"], after: command("echo hi")),
        .failure("repro", "-k", saying: ["failed to reproduce 'one'"], after: command("exit 3")),
        .failure("status", saying: ["dvc.yaml"], after: "echo 'stages: [' > dvc.yaml"),
        .failure("status", saying: ["bad.dvc"], after: "echo 'x: [' > bad.dvc"),
        .failure(
            "status",
            saying: ["extra keys not allowed"],
            after: "echo '[bad]\nx = 1' >> .dvc/config"
        ),
        .failure(
            "stage",
            "add",
            "-n",
            "one",
            "-o",
            "x",
            "true",
            saying: ["Stage 'one' already exists"]
        ),
        .failure("stage", "add", "-n", "a/b", "-o", "x", "true", saying: ["punctuation"]),
        .failure(
            "stage",
            "add",
            "-n",
            "x",
            "-d",
            "m.json",
            "-o",
            "one.txt",
            "true",
            saying: ["one.txt"]
        ),
        .failure("remove", "nosuch", saying: ["'nosuch' not found"]),
        .failure("remove", "data", saying: ["data.dvc"]),
    ]

    private static func gitFile(_ name: String) -> String {
        "echo 1 > \(name); git add \(name); git commit -qm \(name)"
    }

    private static func command(_ text: String) -> String {
        "sed -i 's/cmd: cat.*/cmd: \(text)/' dvc.yaml"
    }
}
