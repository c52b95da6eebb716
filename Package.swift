// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is Swift 6 with warnings as errors.
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

/// Static archives keep start-up at a few milliseconds: the shared libgit2 alone pulls in 20 libraries.
func archives(_ names: String...) -> [LinkerSetting] {
    [.unsafeFlags(names.flatMap { ["-Xlinker", "-l:lib\($0).a"] })]
}

func product(_ name: String, _ package: String) -> Target.Dependency {
    .product(name: name, package: package)
}

func engine(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    linking linkerSettings: [LinkerSetting] = []
) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        swiftSettings: strict,
        linkerSettings: linkerSettings
    )
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies + ["DVTestSupport"],
        swiftSettings: strict
    )
}

let system = product("SystemPackage", "swift-system")

let package = Package(
    name: "dvswift",
    products: [.executable(name: "dvswift", targets: ["dvswift"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        // Level 7: the executable.
        .executableTarget(
            name: "dvswift",
            dependencies: ["DVCommands"],
            swiftSettings: strict,
            // 107,000 addresses need no relocation at each start: docs/decisions/0003-fixed-address.md.
            // Equal functions, of which generics make many, are there once; nothing loads this program's symbols.
            linkerSettings: [
                .unsafeFlags(
                    ["-no-pie", "--icf=safe", "--no-export-dynamic"].flatMap { ["-Xlinker", $0] },
                    .when(configuration: .release)
                )
            ]
        ),

        // Level 6: command-line arguments.
        engine(
            "DVCommands",
            [
                "DVProject", "DVTerminal", "DVPipeline", "DVWorkspace", "DVRemotes", "DVObjects",
                "DVFormats", "DVGit", "DVHashing", "DVReporting", "DVSystem",
                product("ArgumentParser", "swift-argument-parser"),
            ]
        ),

        // Level 5: the front door of the engine, and the terminal.
        engine("DVTerminal", ["DVReporting", "DVSystem"]),
        engine(
            "DVProject",
            [
                "DVPipeline", "DVWorkspace", "DVRemotes", "DVObjects", "DVFormats", "DVGit",
                "DVHashing", "DVSystem", "DVReporting",
            ]
        ),

        // Level 4: stages.
        engine(
            "DVPipeline",
            [
                "DVWorkspace", "DVObjects", "DVFormats", "DVHashing", "DVSystem", "DVReporting",
                product("HeapModule", "swift-collections"),
            ]
        ),

        // Level 3: workspace and remotes.
        engine(
            "DVWorkspace",
            ["DVObjects", "DVFormats", "DVHashing", "DVSystem", "DVReporting", "CSQLite"],
            linking: archives("sqlite3")
        ),
        engine(
            "DVRemotes",
            [
                "DVObjects", "DVFormats", "DVHashing", "DVSystem", "DVReporting", "CCurl", "CExpat",
            ],
            linking: archives("expat")
        ),

        // Level 2: objects and formats.
        engine(
            "DVObjects",
            ["DVHashing", "DVSystem", "DVReporting", "CZlib", "CZstd"],
            linking: archives("zstd", "z")
        ),
        engine(
            "DVFormats",
            ["DVHashing", "DVSystem", "CYAML", system],
            linking: archives("yaml")
        ),

        // Level 1: digests and Git.
        engine(
            "DVHashing",
            ["DVSystem", "DVReporting", "CHashing", "CCrypto", "CXXHash"],
            linking: archives("crypto", "xxhash")
        ),
        engine(
            "DVGit",
            ["DVSystem", "Clibgit2", "CGSSAPI", "CGitParts"],
            linking: [
                .unsafeFlags(["-Xlinker", "--wrap=git_mbedtls_stream_global_init"])
            ]
                + archives(
                    "git2",
                    "mbedtls",
                    "mbedx509",
                    "mbedcrypto",
                    "http_parser",
                    "pcre2-8",
                    "z"
                )
        ),

        // Level 0: the operating system, and reports.
        engine("DVSystem", ["CLinux", system]),
        engine("DVReporting"),

        // C.
        .target(name: "CLinux"),
        .target(name: "CCurl"),
        .target(name: "CHashing", cSettings: [.unsafeFlags(["-O3"])]),
        .target(name: "CGSSAPI"),
        .target(name: "CGitParts"),
        .systemLibrary(name: "CCrypto"),
        .systemLibrary(name: "CExpat"),
        .systemLibrary(name: "Clibgit2"),
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "CXXHash"),
        .systemLibrary(name: "CYAML"),
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CZstd"),

        // Tests.
        .target(
            name: "DVTestSupport",
            dependencies: [
                "DVProject", "DVPipeline", "DVWorkspace", "DVRemotes", "DVObjects", "DVFormats",
                "DVGit", "DVHashing", "DVSystem", "DVReporting",
            ],
            path: "Tests/Support",
            swiftSettings: strict
        ),
        tests("DVSystemTests", ["DVSystem"]),
        tests("DVHashingTests", ["DVHashing", "CCrypto"]),
        tests("DVGitTests", ["DVGit"]),
        tests("DVFormatsTests", ["DVFormats"]),
        tests("DVObjectsTests", ["DVObjects"]),
        tests("DVWorkspaceTests", ["DVWorkspace"]),
        tests("DVRemotesTests", ["DVRemotes"]),
        tests("DVPipelineTests", ["DVPipeline"]),
        tests("DVTerminalTests", ["DVTerminal"]),
        tests("DVProjectTests", ["DVProject"]),
        tests("CommandTests", ["dvswift"]),
        tests("InteropTests", ["dvswift"]),
        tests("CrashTests", ["dvswift"]),
    ]
)
