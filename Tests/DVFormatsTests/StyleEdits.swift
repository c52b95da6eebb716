import DVFormats

/// Lists and mappings in brackets.
extension StyleTests.Edit {
    static let inBrackets: [StyleTests.Edit] = [
        StyleTests.Edit(
            description: "blanks inside brackets",
            before: """
                stages:
                  s:
                    cmd: run
                    deps: [ a,  b ]  # why
                    outs: [o]

                """,
            dependencies: ["a", "b", "c"],
            old: "    deps: [ a,  b ]  # why\n",
            new: "    deps: [ a,  b,  c ]  # why\n"
        ),
        StyleTests.Edit(
            description: "brackets on several lines",
            before: """
                stages:
                  s:
                    cmd: run
                    deps: [
                      a,
                      b,  # the second
                    ]
                    outs: [o]

                """,
            dependencies: ["a", "b", "c"],
            old: "      b,  # the second\n",
            new: "      b,\n      c,  # the second\n"
        ),
        StyleTests.Edit(
            description: "quotes in brackets",
            before: """
                stages:
                  s:
                    cmd: run
                    deps: ['a', "b"]
                    outs: [o]

                """,
            dependencies: ["a", "b", "c"],
            old: "    deps: ['a', \"b\"]\n",
            new: "    deps: ['a', \"b\", c]\n"
        ),
        StyleTests.Edit(
            description: "names that need quotes in brackets",
            before: """
                stages:
                  s:
                    cmd: run
                    deps: [a]
                    outs: [o]

                """,
            dependencies: ["a", "b,c", "d:e"],
            old: "    deps: [a]\n",
            new: "    deps: [a, 'b,c', 'd:e']\n"
        ),
        StyleTests.Edit(
            description: "the first in brackets goes",
            before: """
                stages:
                  s:
                    cmd: run
                    deps: [a, b, c]
                    outs: [o]

                """,
            dependencies: ["b", "c"],
            old: "    deps: [a, b, c]\n",
            new: "    deps: [b, c]\n"
        ),
        StyleTests.Edit(
            description: "one in brackets changes",
            before: """
                stages:
                  s:
                    cmd: run
                    deps: [a, b, d]
                    outs: [o]

                """,
            dependencies: ["a", "c", "d"],
            old: "    deps: [a, b, d]\n",
            new: "    deps: [a, c, d]\n"
        ),
        StyleTests.Edit(
            description: "options in braces stay",
            before: """
                stages:
                  s:
                    cmd: run
                    outs:
                    - o: {desc: "hi",  type: t} # note

                """,
            outputs: ["o", "p"],
            old: "    - o: {desc: \"hi\",  type: t} # note\n",
            new: "    - o: {desc: \"hi\",  type: t} # note\n    - p\n"
        ),
        StyleTests.Edit(
            description: "options in braces go",
            before: """
                stages:
                  s:
                    cmd: run
                    outs:
                    - o: {persist: true, cache: false, desc: hi}

                """,
            old: "    - o: {persist: true, cache: false, desc: hi}\n",
            new: "    - o: {desc: hi}\n"
        ),
        StyleTests.Edit(
            description: "a file in braces",
            before: "{params: [p.yaml]}\n",
            old: "{params: [p.yaml]}\n",
            new: "{params: [p.yaml], stages: {s: {cmd: run, outs: [o]}}}\n"
        ),
    ]
}
