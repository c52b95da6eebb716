import DVFormats

/// Lists and mappings on lines of their own, and text.
extension StyleTests.Edit {
    static let onLines: [StyleTests.Edit] = [
        StyleTests.Edit(
            description: "indented lists",
            before: """
                stages:
                  s:
                    cmd: run
                    deps:
                      - a
                      - b
                    outs:
                      - o

                """,
            dependencies: ["a", "b", "c"],
            old: "      - b\n",
            new: "      - b\n      - c\n"
        ),
        StyleTests.Edit(
            description: "indented lists and a new stage",
            before: """
                stages:
                  s:
                    cmd: run
                    deps:
                      - a
                      - b
                    outs:
                      - o

                """,
            name: "t",
            dependencies: ["a"],
            outputs: ["o2"],
            old: "      - o\n",
            new: "      - o\n  t:\n    cmd: run\n    deps:\n      - a\n    outs:\n      - o2\n"
        ),
        StyleTests.Edit(
            description: "four columns and a new key",
            before: """
                stages:
                    s:
                        cmd: run
                        outs:
                            - o

                """,
            dependencies: ["a"],
            old: "            - o\n",
            new: "            - o\n        deps:\n            - a\n"
        ),
        StyleTests.Edit(
            description: "quotes that are not needed",
            before: """
                stages:
                  s:
                    cmd: 'run'
                    deps:
                    - "a"
                    outs:
                    - 'o'

                """,
            dependencies: ["a", "b"],
            old: "    - \"a\"\n",
            new: "    - \"a\"\n    - b\n"
        ),
        StyleTests.Edit(
            description: "comments on items",
            before: """
                stages:
                  s:
                    cmd: run # c
                    deps: # d
                    - a # first
                    # between
                    - b # second
                    outs:
                    - o # out
                # tail

                """,
            dependencies: ["a", "b", "c"],
            old: "    - b # second\n",
            new: "    - b # second\n    - c\n"
        ),
        StyleTests.Edit(
            description: "comments on items that stay",
            before: """
                stages:
                  s:
                    cmd: run # c
                    deps: # d
                    - a # first
                    # between
                    - b # second
                    outs:
                    - o # out
                # tail

                """,
            dependencies: ["b"],
            old: "    - a # first\n",
            new: ""
        ),
        StyleTests.Edit(
            description: "blank lines",
            before: """


                stages:

                  s:

                    cmd: run

                    outs:

                    - o


                  t:
                    cmd: x


                """,
            outputs: ["o", "p"],
            old: "    - o\n",
            new: "    - o\n    - p\n"
        ),
        StyleTests.Edit(
            description: "a document marker",
            before: """
                ---
                stages:
                  s:
                    cmd: run
                    outs: [o]

                """,
            name: "t",
            command: "x",
            outputs: ["x"],
            old: "    outs: [o]\n",
            new: "    outs: [o]\n  t:\n    cmd: x\n    outs:\n    - x\n"
        ),
        StyleTests.Edit(
            description: "long lines",
            before: """
                stages:
                  s:
                    cmd: python train.py --alpha 1 --beta 2 --gamma 3 --delta 4 --epsilon 5 --zeta 6 --eta 7
                    outs: [o]

                """,
            name: "t",
            command: "x",
            outputs: ["x"],
            old: "    outs: [o]\n",
            new: "    outs: [o]\n  t:\n    cmd: x\n    outs:\n    - x\n"
        ),
        StyleTests.Edit(
            description: "a comment behind a command",
            before: """
                stages:
                  s:
                    cmd: run # c
                    outs: [o]

                """,
            command: "go",
            old: "    cmd: run # c\n",
            new: "    cmd: go # c\n"
        ),
        StyleTests.Edit(
            description: "a bar with its margin",
            before: """
                stages:
                  s:
                    cmd: |2
                        run
                    outs: [o]

                  t:
                    cmd: x

                """,
            command: "go",
            old: "    cmd: |2\n        run\n",
            new: "    cmd: go\n"
        ),
    ]
}
