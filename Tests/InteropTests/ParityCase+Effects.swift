extension ParityCase {
    static let effects: [ParityCase] = [
        .effect("repro", after: "sed -i 's/p: 1/p: 3/' params.yaml"),
        .effect("repro", "-s", "two", after: "sed -i 's/p: 1/p: 3/; s/r: 2/r: 3/' params.yaml"),
        .effect("repro", "--downstream", "one", after: "sed -i 's/r: 2/r: 3/' params.yaml"),
        .effect("repro", "--no-commit", after: "sed -i 's/cat data.a/tac data\\/a/' dvc.yaml"),
        .effect("repro", after: "rm dvc.lock; sed -i 's/^  one:/  zero:/' dvc.yaml"),
        .effect("commit", "-f", after: "rm dvc.lock; sed -i 's/^  one:/  zero:/' dvc.yaml"),
        .effect("commit", "-f", after: "echo other > one.txt"),
        .effect("commit", "-f", "data.dvc", after: "echo more > data/new"),
        .effect("add", "data", after: "echo more > data/new; rm data/b"),
        .effect("add", "--no-commit", "fresh", after: "echo 1 > fresh"),
        .effect("add", "--glob", "t*", after: "touch t1 t2 u"),
        .effect("add", "deep/down/file", after: "mkdir -p deep/down; echo 1 > deep/down/file"),
        .effect("add", "--", "-dash", "ünï cödé", after: "echo 1 > -dash; echo 2 > 'ünï cödé'"),
        .effect("add", "data", after: "printf 'b\\nc/\\n!a\\n' > .dvcignore; rm -r .dvc/tmp"),
        .effect(
            "add",
            "data",
            after: "sed -i '1i # ours' data.dvc; echo 'desc: kept' >> data.dvc; echo x > data/x"
        ),
        .effect("remove", "data.dvc"),
        .effect("remove", "two"),
        .effect("remove", "one", "--outs"),
        .effect(
            "stage",
            "add",
            "-n",
            "three",
            "-d",
            "one.txt",
            "-o",
            "x/y z",
            "cp one.txt 'x/y z'"
        ),
        .effect(
            "stage",
            "add",
            "-n",
            "all",
            "-m",
            "m",
            "--plots",
            "p.csv",
            "--outs-persist",
            "k",
            "-w",
            "data",
            "--always-changed",
            "true"
        ),
        .effect("config", "cache.type", "hardlink,symlink"),
        .effect("checkout", "-f", after: "rm data/a; echo 1 > data/extra; echo 2 > one.txt"),
        .effect("fetch", "data", after: "rm -r .dvc/cache"),
        // Of a part alone DVC sends the listing without the other members: see PartOperationTests.
        .effect("push", "data", after: "rm -r ../remote/files"),
        .effect("pull", "one", after: "rm -r .dvc/cache data one.txt"),
    ]
}
