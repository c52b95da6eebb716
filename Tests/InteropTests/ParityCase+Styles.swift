/// Files in a user's own style, where DVC keeps it.
extension ParityCase {
    static let styles: [ParityCase] = [
        .style(
            "stage add -f -n s -o o go now",
            of: """
                stages:
                  s:
                    cmd: >-
                      run
                      it
                    outs:
                    - o

                  t:
                    cmd: x

                """
        ),
        .style(
            "stage add -f -n s -o o go",
            of: """
                stages:
                  s:
                    cmd: | # why
                      run
                      it
                    outs:
                    - o

                """
        ),
        .style(
            "stage add -f -n s -d a -p p -o o run",
            of: """
                stages:
                  s:
                    outs:
                    - o
                    deps:
                    - a
                    cmd: run

                """
        ),
        .style(
            "stage add -n t -o x run",
            of: """
                params:
                - params.yaml
                stages:
                  s:
                    cmd: run
                    outs:
                    - o
                plots:
                - x.csv

                """
        ),
        .style(
            "remove r",
            of: """
                # head
                stages:
                  # about r
                  r:
                    cmd: r
                    outs: [r]

                  # about s
                  s:
                    cmd: run
                    outs:
                    - o

                """
        ),
        .style(
            "stage add -f -n s -o o -d a run",
            of: """
                stages:
                  s:
                    cmd: run
                    desc: mine
                    meta: {a: 1, b: [x]}
                    outs:
                    - o

                """
        ),
        .style(
            "stage add -f -n s -o o run",
            of: """
                stages:
                  s:
                    cmd: run
                    frozen: true
                    outs:
                    - o

                """
        ),
        .style(
            "stage add -f -n s -o o -o p run",
            of: """
                stages:
                  s:
                    cmd: run
                    outs:
                    - o:
                        desc: hi
                        type: model
                        remote: storage
                        push: false
                    - p

                """
        ),
        .style(
            "stage add -f -n s --plots l.csv -o q run",
            of: """
                stages:
                  s:
                    cmd: run
                    plots:
                    - l.csv:
                        x: a
                        y: b

                """
        ),
        .style(
            "stage add -n u -o y run",
            of: """
                stages:
                  s:
                    cmd: run
                    deps: &d
                    - a
                    outs:
                    - o
                  t:
                    cmd: t
                    deps: *d

                """
        ),
    ]

    static let pointerStyles: [ParityCase] = [
        .pointerStyle(
            "add n",
            of: """
                # top
                outs:  # outs
                - md5: c4ca4238a0b923820dcc509a6f75849b  # hash
                  size: 1
                  hash: md5
                  path: n  # p
                # end

                """
        ),
        .pointerStyle(
            "add n",
            of: """
                desc: my data
                outs:
                - md5: c4ca4238a0b923820dcc509a6f75849b
                  size: 1
                  hash: md5
                  path: n
                meta:
                  owner: me
                  tags: [a, b]

                """
        ),
        .pointerStyle(
            "commit -f n.dvc",
            of: """
                outs:
                - path: n
                  hash: md5
                  md5: c4ca4238a0b923820dcc509a6f75849b
                  size: 1

                """
        ),
        .pointerStyle(
            "add n",
            of: """
                outs: [{md5: c4ca4238a0b923820dcc509a6f75849b, size: 1, hash: md5, path: n}]

                """
        ),
        .pointerStyle(
            "commit -f n.dvc",
            of: """
                {outs: [{md5: c4ca4238a0b923820dcc509a6f75849b, size: 1, hash: md5, path: n}]}

                """
        ),
        .pointerStyle(
            "commit -f n.dvc",
            of: """
                frozen: true
                outs:
                - md5: c4ca4238a0b923820dcc509a6f75849b
                  size: 1
                  hash: md5
                  path: n

                """
        ),
        .pointerStyle(
            "add n",
            of: """
                outs:
                - md5: c4ca4238a0b923820dcc509a6f75849b
                  size: 1
                  path: n

                """
        ),
    ]

    /// An edit of a `dvc.yaml`.
    static func style(_ command: String, of text: String) -> ParityCase {
        style(command, of: text, in: "dvc.yaml", "rm dvc.lock")
    }

    /// An edit of a pointer to `n`, which has changed.
    static func pointerStyle(_ command: String, of text: String) -> ParityCase {
        style(command, of: text, in: "n.dvc", "echo 2 > n; echo /n >> .gitignore")
    }

    private static func style(
        _ command: String,
        of text: String,
        in file: String,
        _ preparation: String
    ) -> ParityCase {
        ParityCase(
            arguments: command.split(separator: " ").map(String.init),
            preparation: "\(preparation); cat > \(file) <<'END'\n\(text)END",
            phrases: [],
            comparesOutput: false
        )
    }
}
