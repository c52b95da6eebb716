/// A `dvc.yaml` with lists and mappings in brackets, where DVC keeps them.
extension ParityCase {
    static let brackets: [ParityCase] = [
        .style(
            "stage add -f -n s -d a -d b -d c -o o run",
            of: """
                stages:
                  s:
                    cmd: run
                    deps: [a, b]
                    outs: [o]

                """
        ),
        .style(
            "stage add -f -n s -d a -o o run",
            of: """
                stages:
                  s:
                    cmd: run
                    deps: [a, b]
                    outs: [o]

                """
        ),
        .style(
            "stage add -f -n s -d a -d c -o o run",
            of: """
                stages:
                  s:
                    cmd: run
                    deps: [a, b]
                    outs: [o]

                """
        ),
        .style(
            "stage add -f -n s -o o run",
            of: """
                stages:
                  s:
                    cmd: run
                    deps: [a, b]
                    outs: [o]

                """
        ),
        .style(
            "stage add -f -n s -d a -d b -o o -p p -m m run",
            of: """
                stages:
                  s:
                    cmd: run
                    deps: [a, b]
                    outs: [o]

                """
        ),
        .style(
            "stage add -f -n s -d a -d c -o o run",
            of: """
                stages:
                  s: {cmd: run, deps: [a, b], outs: [o]}

                """
        ),
        .style(
            "stage add -f -n s -d a -d b -o o run it",
            of: """
                stages:
                  s: {cmd: run, deps: [a, b], outs: [o]}

                """
        ),
        .style(
            "stage add -f -n s -d a -d b -o o -p p run",
            of: """
                stages:
                  s: {cmd: run, deps: [a, b], outs: [o]}

                """
        ),
        .style(
            "stage add -n t -o x run",
            of: """
                stages: {s: {cmd: run, outs: [o]}}

                """
        ),
        .style(
            "stage add -n t -o x run",
            of: """
                {stages: {s: {cmd: run, outs: [o]}}}

                """
        ),
        .style(
            "stage add -n t -o x run",
            of: """
                {}

                """
        ),
        .style(
            "remove s",
            of: """
                stages: {s: {cmd: run, outs: [o]}, t: {cmd: x, outs: [t]}}

                """
        ),
        .style(
            "remove s",
            of: """
                stages:
                  s: {cmd: run, outs: [o]}
                  t: {cmd: x, outs: [t]}

                """
        ),
        .style(
            "stage add -f -n s -o o -o p run",
            of: """
                stages:
                  s:
                    cmd: run
                    outs:
                    - o: {cache: false, desc: hi}
                    - p

                """
        ),
        .style(
            "stage add -f -n s -O o -o p run",
            of: """
                stages:
                  s:
                    cmd: run
                    outs:
                    - o: {desc: hi}
                    - p

                """
        ),
        .style(
            "stage add -f -n s -d a -o o run",
            of: """
                stages:
                  s:
                    cmd: run
                    deps: []
                    outs: [o]

                """
        ),
        .style(
            "stage add -f -n s -o o run",
            of: """
                stages:
                  s:
                    cmd: [a, b]
                    outs: [o]

                """
        ),
    ]
}
