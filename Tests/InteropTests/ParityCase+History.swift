/// What tells of changes and contents: `diff`, `data status`, `ls`, `du`, `check-ignore`.
extension ParityCase {
    static let comparisonAnswers = table(
        #"""
        diff
        diff --json
        diff --md
        \#(changed) => diff
        \#(changed) => diff --show-hash
        \#(changed) => diff --json --show-hash
        \#(changed) => diff --md --show-hash
        \#(changed) => diff --json --targets data/a data/c
        \#(changed); git checkout -q data.dvc; rm -r .dvc/cache/files/md5/6* => diff --json
        rm data/b; echo b > data/z; echo b > data/y => diff --json
        rm -r data; echo flat > data => diff --json
        mv data d2; mv data.dvc d2.dvc; sed -i s/data$/d2/ d2.dvc => diff --json
        \#(twoCommits) => diff HEAD~1 HEAD --json
        \#(twoCommits) => diff HEAD HEAD~1 --show-hash
        """#,
        comparesOutput: true
    )

    /// DVC lists what it found in the order of a hash table.
    static let dataStatusAnswers =
        table(
            #"""
            data status
            data status --json --unchanged
            data status --json --unchanged --granular
            \#(changed) => data status --json
            \#(changed) => data status --json --granular --unchanged
            \#(changed) => data status --json --granular data/c one.txt
            \#(changed); touch u c; git add c => data status --json --untracked-files
            \#(changed) => data status --json --untracked-files=all --granular
            touch u; mkdir d; touch d/v => data status --json --untracked-files all
            \#(twoCommits); git reset -q --soft HEAD~1 => data status --json --granular
            rm -r $(ls -d ../remote/files/md5/* | head -2) => data status --json --granular --not-in-remote
            rm -r ../remote/files => data status --json --not-in-remote -rstorage
            rm .dvc/cache/files/md5/6*/* => data status --json --granular
            """#,
            comparesOutput: true
        )
        .map { example in
            var example = example
            example.hasOrder = false
            return example
        }

    static let listAnswers =
        table(
            #"""
            ls .
            ls . --json
            list . -R
            ls . -R -L2 --size --show-hash
            ls . data/c --json
            ls . data/a
            ls . --dvc-only --json
            ls . -T --size
            ls . --rev HEAD --tree --size --show-hash
            \#(changed) => ls . -R --json
            \#(changed) => ls . -R --dvc-only --rev HEAD
            rm -r data one.txt => ls . -R --size
            rm -r .dvc/cache => ls . -R --rev HEAD --json
            rm dvc.lock one.txt m.json => ls . --json
            --cd data ls .. --json
            --cd data ls . c
            du . -s
            du . data/a
            """#,
            comparesOutput: true
        )
        + table("du .\ndu . data\ndu . --rev HEAD", comparesOutput: true).map { example in
            var example = example
            example.hasOrder = false
            return example
        }

    static let ignoreAnswers = table(
        #"""
        \#(ignoring) => check-ignore a.tmp keep.tmp data/x.tmp build/x nope data
        \#(ignoring) => check-ignore -d a.tmp keep.tmp build/x sub/a.tmp sub/b.log nope .git/x
        \#(ignoring) => check-ignore -d -n a.tmp nope ../outside
        \#(ignoring) => check-ignore -d -a -n a.tmp keep.tmp
        \#(ignoring) => --cd sub check-ignore -d b.log ../a.tmp
        \#(ignoring) => check-ignore -q a.tmp
        \#(ignoring) => check-ignore -q nope
        check-ignore nope
        """#,
        comparesOutput: true
    )

    private static let ignoring =
        #"printf '*.tmp\n/build/\n!keep.tmp\n' > .dvcignore; mkdir sub; echo '*.log' > sub/.dvcignore"#

    static let comparisonFailures = table(
        """
        diff nosuch ! unknown Git revision 'nosuch'
        diff HEAD nosuch ! failed to get diff
        diff --targets nosuch ! No such file or directory: 'nosuch'
        ls . nosuch ! No such file or directory
        ls . --rev nosuch ! unknown Git revision 'nosuch'
        ls /nonexistent ! No git repository was found at /nonexistent
        ls . --tree --json ! Cannot use --tree and --json options together
        du . nosuch ! No such file or directory
        check-ignore ! `targets` or `--stdin` needed
        check-ignore -a x ! `--all` is only valid with `--details`
        check-ignore -n x ! `--non-matching` is only valid with `--details`
        check-ignore -q -d x
        check-ignore --stdin x ! cannot have both `targets` and `--stdin`
        """
    )

    private static let changed =
        "echo x >> data/a; mv data/b data/c/bb; echo n > data/new; rm one.txt"

    private static let twoCommits = "git rm -q data.dvc; git commit -qm 2"
}
