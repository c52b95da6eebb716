/// The options that exist: DVC 3.67.1's, and dvswift's own.
package enum ConfigSchema {
    /// The options of dvswift, which live in files of their own because DVC refuses a file with options it does not know.
    private static let own: [String: [String: ConfigRule]] = [
        "core": ["jobs": .positive],
        "cache": [
            "compression": .choice(["auto", "zstd", "zlib", "none"]),
            "compression_level": .integer(1...22),
        ],
        "remote": ["layout": .choice(["plain", "encoded"])],
        limits: [:],
    ]

    /// The section of dvswift that takes any option: how much of each resource the machine has.
    static let limits = "resources"

    /// What an option of dvswift must be; nil for all others.
    static func ownRule(_ kind: String, _ option: String) -> ConfigRule? {
        kind == limits ? .decimal(least: 0) : own[kind]?[option]
    }

    static func ownOptions(_ kind: String) -> [String] { (own[kind] ?? [:]).keys.sorted() }

    static let plain: [String: [String: ConfigRule]] = [
        "core": [
            "remote": .lowercase, "checksum_jobs": .positive, "interactive": .bool,
            "analytics": .bool, "hardlink_lock": .bool, "no_scm": .bool, "autostage": .bool,
            "experiments": .bool, "check_update": .bool, "site_cache_dir": .text,
            "machine": .lowercase,
        ],
        "cache": localLinks.merging(
            [
                "local": .text, "s3": .text, "gs": .text, "hdfs": .text, "webhdfs": .text,
                "ssh": .text, "azure": .text, "dir": .text,
            ]
        ) { $1 },
        "state": [
            "dir": .text, "row_limit": .positive, "row_cleanup_quota": .integer(0...100),
        ],
        "index": ["dir": .text],
        "plots": ["html_template": .text, "auto_open": .bool, "out_dir": .text],
        "exp": [
            "code": .text, "data": .text, "models": .text, "metrics": .text, "params": .text,
            "plots": .text, "live": .text, "auto_push": .bool, "git_remote": .text,
        ],
        "parsing": [
            "bool": .choice(["store_true", "boolean_optional"]),
            "list": .choice(["nargs", "append"]),
        ],
        "hydra": [
            "enabled": .bool, "config_dir": .text, "config_module": .text, "config_name": .text,
            "plugins_path": .text,
        ],
        "studio": ["token": .text, "url": .text, "repo_url": .text, "offline": .bool],
    ]

    static let machine: [String: ConfigRule] = [
        "cloud": .choice(["aws", "azure"]),
        "region": .choice(["us-west", "us-east", "eu-west", "eu-north"]), "image": .text,
        "spot": .bool, "spot_price": .decimal(least: -.infinity), "instance_hdd_size": .number,
        "instance_type": .lowercase, "instance_gpu": .lowercase, "ssh_private": .text,
        "startup_script": .text, "setup_script": .text,
    ]

    static let database: [String: ConfigRule] = [
        "url": .text, "username": .text, "password": .text,
    ]

    static let localLinks: [String: ConfigRule] = [
        "type": .linkTypes, "protected": .bool, "shared": .choice(["group"]),
        "slow_link_warning": .bool, "verify": .bool,
    ]

    /// The sections a file may have.
    static let sections = plain.keys + ["feature", limits] + ConfigSection.namedKinds

    package static func isPlainSection(_ section: ConfigSection) -> Bool {
        section.name == nil && (plain[section.kind] != nil || section.kind == limits)
    }
}
