/// Commands on stages that `foreach`, `matrix` and references make.
extension ParityCase {
    static let templateAnswers = table(
        #"""
        \#(templates) => stage list --all
        \#(templates) => stage list g
        \#(templates) => stage list dvc.yaml:g m@a-1 --name-only
        \#(templates) => stage list sub/dvc.yaml:h
        \#(templates) => stage list -R sub
        \#(templates) => --cd sub stage list
        \#(templates) => --cd sub repro h
        \#(templates) => repro g@y
        \#(templates) => repro --glob g@x*
        \#(templates) => repro sub/dvc.yaml:h@z
        \#(templates) => repro -R sub
        \#(templates); sed -i 's/v: 1/v: 2/' params.yaml => repro --dry p
        \#(templates) => status --json g p
        """#,
        comparesOutput: true
    )

    static let templateEffects = table(
        #"""
        \#(templates) => stage add -n new -o new.out true
        \#(templates) => stage add -n new -p w echo ${v}
        \#(templates) => stage add -n plain -f -o other true
        \#(templates) => stage add -n p -f -o p.out true
        \#(templates) => freeze plain
        \#(templates) => remove plain
        \#(templates) => repro -q
        """#
    )

    static let templateFailures = table(
        #"""
        \#(templates) => freeze g@x ! cannot dump a parametrized stage
        \#(templates) => freeze p ! cannot dump a parametrized stage
        \#(templates) => remove g@x ! cannot remove a parametrized stage
        \#(templates) => remove p ! cannot remove a parametrized stage
        \#(templates) => repro g@nope ! 'g@nope' not found inside 'dvc.yaml'
        \#(templates); echo x > g-x => move g-x other ! move is not permitted for stages that are not data sources
        \#(templates); echo 'v: 3' > params.yaml => repro ! failed to parse 'stages.g.foreach' in 'dvc.yaml'
        \#(templates); echo 'v: [' > params.yaml => repro ! params.yaml
        \#(templates); sed -i '1i vars: [no.yaml]' dvc.yaml => status ! 'no.yaml' does not exist
        \#(templates); sed -i '1i vars: [{v: 2}]' dvc.yaml => status ! cannot redefine 'v' from 'vars[0]' as it already exists in 'params.yaml'
        \#(templates); sed -i 's/g-${item}/same/' dvc.yaml => repro ! output 'same' is specified in
        """#
    )

    private static let templates =
        "rm dvc.lock one.txt m.json; mkdir sub; printf '%b' '"
        + #"v: 1\nw: 2\nitems: [x, y]\np: 1\n"#
        + "' > params.yaml; printf '%b' '"
        + #"stages:\n  p:\n    cmd: echo ${v} > p.out\n    params: [v]\n    outs: [p.out]\n"#
        + #"  plain:\n    cmd: echo 1 > plain\n    outs: [plain]\n"#
        + #"  g:\n    foreach: ${items}   # all\n    do:\n      cmd: echo ${item} > g-${item}\n      outs:\n      - g-${item}\n"#
        + #"  m:\n    matrix: {a: [a, b], n: [1, 2]}\n    cmd: echo ${key}\n"#
        + "' > dvc.yaml; printf '%b' '"
        + #"vars: [../params.yaml:v]\nstages:\n  h:\n    foreach: [z]\n    do: {cmd: "echo ${v} ${item}"}\n"#
        + "' > sub/dvc.yaml"
}
