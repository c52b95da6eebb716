/// `checkout`, `status`, `commit`, `add` and transfers with every option.
extension ParityCase {
    static let workspaceAnswers = table(
        #"""
        \#(gone) => checkout -d two
        \#(gone) => checkout -R data
        \#(gone) => checkout -R .
        \#(gone) => checkout data.dvc one
        \#(gone) => checkout dvc.yaml:one
        \#(gone) => checkout data/
        \#(gone) => checkout -q
        \#(mixed) => checkout -f
        \#(mixed) => checkout -f --summary
        checkout --summary
        checkout --relink
        printf '[cache]\n    type = hardlink\n' >> .dvc/config => checkout --relink data
        rm -r .dvc/cache one.txt => checkout --allow-missing
        rm -r .dvc/cache one.txt data => checkout --allow-missing --summary
        git rm -q data.dvc; rm dvc.lock dvc.yaml => checkout
        echo x >> data/a => status data
        echo x >> data/a => status data/a
        echo x >> data/a => status data/b
        echo x >> data/a => status -R .
        echo x >> data/a => --cd data status ../one.txt
        rm -r data m.json one.txt => status --json
        rm params.yaml => status
        rm dvc.lock => status --json
        rm -r .dvc/cache => status
        sed -i 's/cat data/tac data/' dvc.yaml => status
        rm -r data.dvc dvc.yaml dvc.lock => status
        status -q
        status -c
        status -c -q
        rm -r ../remote/files => status -c -q
        \#(lost) => pull -d two
        \#(lost) => pull -R .
        \#(lost) => pull -rstorage --no-run-cache
        rm -r .dvc/cache => fetch -d two
        rm -r .dvc/cache => fetch -R data
        rm -r ../remote/files => push -d two
        rm -r ../remote/files => push -j2
        """#,
        comparesOutput: true
    )

    static let workspaceEffects = table(
        #"""
        echo x >> data/a => commit -f -d two
        echo x >> data/a => commit -f -R .
        echo x >> data/a => commit -f --no-relink
        rm dvc.lock => commit -f
        echo 1 > n => add --no-relink n
        mkdir empty => add empty
        """#
    )

    static let workspaceFailures = table(
        #"""
        checkout nosuch.dvc ! does not exist
        checkout dvc.yaml:nosuch ! Stage 'nosuch' not found
        echo x > one.txt => checkout one ! --force
        status -j 2 ! meaningless for local status: --jobs
        status nosuch ! 'nosuch' does not exist
        status -r nosuch ! remote 'nosuch' doesn't exist
        echo x > one.txt => commit ! unable to commit changed stage: 'one'
        rm one.txt => commit -f ! output 'one.txt' does not exist
        commit nosuch ! failed to commit nosuch
        touch n m => add n m -o x ! multiple targets can't be used with --out
        touch n => add --no-commit -o x n ! --no-commit option can't be used with --out
        rm -r .dvc/cache => fetch -r nosuch ! remote 'nosuch' doesn't exist
        pull nosuch ! 'nosuch' does not exist
        """#
    )

    private static let gone = "rm -r data one.txt"
    private static let lost = "rm -r .dvc/cache data one.txt"
    private static let mixed = "echo x > data/new; rm data/a; echo y > data/b; rm one.txt"
}
