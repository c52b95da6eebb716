extension ParityCase {
    /// What the other tables leave out: commands that bring data from elsewhere, collect it or set things up, and their refusals.
    static let sweepAnswers = table(
        """
        echo zz > data/a; rm data/b => diff --show-hash --json
        echo zz > data/a => diff --hide-missing --targets data/a
        echo data > .dvcignore => check-ignore -d -n data x
        get . data --show-url
        rm -r .dvc/cache => checkout
        echo zz > data/a => commit -f
        commit
        freeze one
        freeze data.dvc
        unfreeze one
        remove data.dvc
        remove one
        remote -v list
        """,
        comparesOutput: true
    )

    static let sweepEffects = table(
        """
        rm -r data => checkout data/a
        rm -r .dvc/cache data => pull data/a
        touch n => add --glob nosuch* n
        touch ../ext => import-url ../ext
        touch ../ext => import-url ../ext x --no-exec
        touch ../ext => import-url ../ext x --no-download
        mkdir ../ext; touch ../ext/f => import-url ../ext x -j 1
        touch ../ext => get-url ../ext n
        mkdir ../ext; touch ../ext/f => get-url ../ext n -j 1
        touch ../ext => get-url ../ext m.json -f
        unprotect data
        gc -w -f -c
        """
    )

    static let sweepFailures = table(
        """
        data status nosuch
        list-url nosuch
        unprotect nosuch
        freeze nosuch ! nosuch
        gc
        gc --rev HEAD -n 2
        get . nosuch
        import . nosuch
        import . data -o x --rev nosuch
        import-url bad://x/y
        get-url nosuch
        touch ../ext => get-url ../ext m.json
        touch ../ext => add ../ext --to-remote -o e -r nosuch
        touch n => add n -r storage
        add --glob nosuch*
        ln -s nosuch l => add l
        remote list --show-origin ! --show-origin
        version --nosuch ! --nosuch
        config cache.type bad
        config core.autostage maybe
        destroy
        rm -rf .git => init --subdir
        """
    )
}
