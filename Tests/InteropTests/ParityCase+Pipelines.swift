/// `stage`, `repro` and `remove`.
extension ParityCase {
    static let pipelineAnswers = table(
        #"""
        stage list --all
        stage list -R .
        stage list data.dvc
        stage list data.dvc one dvc.yaml two
        \#(below); echo 'bad: [' > below/dvc.yaml => stage list --fail
        \#(below); echo 'bad: [' > below/dvc.yaml => stage list --all
        stage list one
        stage list --names-only --all
        \#(below) => stage list below/dvc.yaml:s one
        \#(below) => stage list -R below
        echo 'bad: [' > dvc.yaml => stage list --all
        \#(change) => repro
        \#(change) => repro -s one
        \#(change) => repro -s one two
        \#(change) => repro -P
        \#(change) => repro -R .
        \#(change) => repro --force-downstream
        \#(change) => repro --downstream two
        \#(change) => repro --no-run-cache
        sed -i 's/r: 2/r: 3/' params.yaml => repro -p one
        repro --dry -f
        repro --glob t*
        repro data.dvc
        repro -k --ignore-errors
        \#(below) => repro below/dvc.yaml:s
        \#(below) => repro -R below
        \#(below) => --cd below repro
        rm -r .dvc/cache one.txt => repro --allow-missing
        sed -i 's/^  one:/&\n    frozen: true/' dvc.yaml; \#(change) => repro
        sed -i 's/^  two:/&\n    always_changed: true/' dvc.yaml => repro
        """#,
        comparesOutput: true
    )

    static let pipelineEffects = table(
        #"""
        stage add -n x -d one.txt -d data -o b -o a touch a b
        stage add -n x -p p,q.r -p q touch x
        stage add -n x -p other.yaml:a,b -p other.yaml:c -p p touch x
        stage add -n x -p other.yaml: touch x
        stage add -n x -o a -O b --outs-persist c --outs-persist-no-cache d -m e -M f true
        stage add -n x --plots a --plots-no-cache b -o c true
        stage add -nx -oo -d./one.txt true
        mkdir sub => stage add -n x -w sub -o o true
        stage add -n x -o o --run touch o
        stage add -n x echo --desc -o q
        stage add -n x -d https://example.com/a -o o true
        stage add -n x -w data -d ../one.txt -o o --plots p.csv -M m --always-changed --desc why true
        \#(notes) => stage add -n x -f -d data -o o true
        stage add -n one -f -d data -p p -o one.txt cat data/a
        stage add -n one -f -o one.txt cat data/b
        rm dvc.yaml dvc.lock => stage add -n x -o o true
        remove dvc.yaml
        remove dvc.yaml:one
        remove one two
        remove data.dvc one two
        remove --outs data.dvc
        rm -r data => remove --outs data.dvc
        rm .gitignore => remove data.dvc
        """#
    )

    static let pipelineFailures = table(
        #"""
        stage add -n x ! command is not specified
        stage add -n x --nosuch true ! --nosuch
        stage add -n x -w nosuch true ! does not exist
        stage add -n x -o o -o o true ! specified more than once
        stage add -n x -d o -o o true ! as an output and as a dependency
        stage add -n x -o ../out true ! outside of DVC project
        stage add -n x -o remote://storage/x true ! outside of DVC project
        stage add true ! --name
        echo 'bad: [' > dvc.yaml => stage list ! dvc.yaml
        \#(below); echo 'bad: [' > below/dvc.yaml => stage list --all --fail ! below/dvc.yaml
        stage list nosuch ! nosuch
        stage add -n x -d remote://nosuch/a true ! remote 'nosuch' doesn't exist
        \#(change) => repro -i ! reproduction aborted by the user
        repro data ! 'data' not found
        repro --nosuch ! --nosuch
        remove nosuch.dvc ! does not exist
        """#
    )

    private static let notes =
        #"printf '  x:\n    cmd: a\n    desc: old\n    meta:\n      a: 1\n    frozen: true\n' >> dvc.yaml"#
    private static let change = "sed -i 's/p: 1/p: 3/' params.yaml"
    private static let below =
        #"mkdir below; printf 'stages:\n  s:\n    cmd: touch f\n    outs: [f]\n' > below/dvc.yaml"#
}
