/// `config`, `remote` and `cache dir`, at all levels.
extension ParityCase {
    static let settingAnswers = table(
        #"""
        config -l
        config -l --project
        config -l --local
        config -l --show-origin
        \#(levels) => config -l
        \#(levels) => config -l --show-origin
        \#(levels) => config -l --global
        \#(levels) => config -l --local
        \#(levels) => config core.autostage --show-origin
        \#(levels) => remote list
        config CORE.Remote
        config remote.storage.url
        config nosuch.option
        remote list --global
        remote default --project
        remote default --local
        remote default
        sed -i 2d .dvc/config => remote default
        remote add -d other ../other
        printf '[cache]\n    dir = ../../store\n' >> .dvc/config => cache dir
        """#,
        comparesOutput: true
    )

    static let settingEffects = table(
        #"""
        config core.autostage true --local
        config --global core.analytics false
        config remote.other.url /other
        config -u core.remote
        config cache.dir ../store
        remote add other ../other
        remote add -d other /other
        remote add --local other ~/other
        remote add -f Storage ../moved
        remote default -u
        remote default --local storage
        remote modify storage url ../moved
        remote modify storage jobs 4
        remote modify --local storage verify true
        sed -i 's,url.*,&\n    jobs = 2,' .dvc/config => remote modify storage jobs -u
        remote rename storage other
        printf '[core]\n    remote = storage\n' > .dvc/config.local => remote rename storage other
        remote remove storage
        printf '[core]\n    remote = storage\n' > .dvc/config.local => remote remove storage
        remote add far ssh://user@host:22/path
        remote add far remote://storage/sub
        \#(far) => remote modify far endpointurl http://host:1
        \#(far) => remote modify far credentialpath keys/id
        \#(far) => remote modify far ssl_verify ca.pem
        \#(far) => remote modify far secret_access_key secret
        \#(far) => config --local remote.far.session_token secret
        \#(far) => remote rename far near
        cache dir ../store
        cache dir --local /store
        printf '[cache]\n    dir = ../../store\n' >> .dvc/config => cache dir -u
        """#
    )

    static let settingFailures = table(
        #"""
        config ! name argument is required
        config nosuch ! name argument should look like
        config -l core.remote ! can't be used together
        config --show-origin core.remote x ! can't be used together
        config core.remote --local ! option 'remote' doesn't exist in section 'core'
        config -u core.nosuch ! option 'nosuch' doesn't exist in section 'core'
        config -u remote.storage.url ! expected 'url'
        rm -r .dvc => config -l --local ! Not inside a DVC repo
        echo '[core' > .dvc/config => status ! config
        config remote.nosuch.user x ! expected 'url'
        remote modify nosuch url x ! remote 'nosuch' doesn't exist
        remote modify --global storage url /x ! remote 'storage' doesn't exist
        remote modify storage nosuch 1 ! extra keys not allowed
        remote modify -u storage url ! expected 'url'
        remote default other --global ! must be present in remote list
        remote rename storage storage ! already exists
        remote rename nosuch other ! remote 'nosuch' doesn't exist
        remote remove storage --local ! remote 'storage' doesn't exist
        remote add far ftp://host/path ! Unsupported URL type ftp://
        \#(far) => remote modify far use_ssl 1 ! expected true or false
        \#(far) => remote modify far port 1 ! extra keys not allowed
        cache dir -u ! option 'dir' doesn't exist in section 'cache'
        init --no-scm --subdir ! Cannot initialize repo
        remote ! required
        cache ! required
        stage ! required
        remote lst ! lst
        chekout ! chekout
        push -j many ! many
        """#
    )

    private static let far =
        #"printf "['remote \"far\"']\n    url = s3://bucket/path\n" >> .dvc/config"#

    private static let levels =
        #"printf '[remote "far"]\n    url = /far\n[core]\n    check_update = false\n' > ../home/dvc-global/config; "#
        + #"printf '[cache]\n    type = copy\n[core]\n    autostage = true\n' > .dvc/config.local"#
}
