import DVSystem
import DVTestSupport
import Testing

/// What one tool shares through a server, the other uses; TLS is `RemoteServerTests`' part.
@Suite struct RemoteInteropTests {
    /// A project with two places on the same kind of server: dvswift pushes to `ours`, DVC to `theirs`.
    private struct Shared {
        let project: TemporaryProject
        let places: [String: ServedRemote.Place]

        init(_ kind: ServedRemote) throws {
            project = try TemporaryProject()
            try project.run(.dvswift, "config", "--unset", "core.autostage")
            var places: [String: ServedRemote.Place] = [:]
            for name in ["ours", "theirs"] {
                let place = try kind.makePlace(for: project, name)
                try project.add(place, as: name)
                places[name] = place
            }
            self.places = places
            try fill()
        }

        /// A file, one that can be run, a folder, and a stage whose run is worth sharing.
        private func fill() throws {
            try project.write("#!/bin/sh\n", to: "run me.sh")
            try project.path("run me.sh").setPermissions(0o744)
            try project.write("größer\n", to: "Größe & Maß #1.txt")
            for (name, text) in [("a", "one\n"), ("with blank/é?", "two\n"), ("empty", "")] {
                try project.write(text, to: "data/\(name)")
            }
            try project.write(
                "stages:\n  copy:\n    cmd: cp data/a made\n    deps: [data]\n    outs: [made]\n",
                to: "dvc.yaml"
            )
            try project.run(.dvswift, "add", "-q", "run me.sh", "Größe & Maß #1.txt", "data")
            try project.run(.dvswift, "repro", "-q")
        }

        /// What is on the server, by name and content.
        func stored(_ name: String) throws -> TreeSnapshot {
            let place = try #require(places[name])
            return try place.contents(project)
        }

        @discardableResult
        func run(_ tool: Tool, _ arguments: String...) throws -> String {
            let variables = places["ours"]?.variables ?? [:]
            return try project.attempt(tool, arguments, adding: variables).checkingSuccess().output
        }

        func forgetData() throws {
            let data = ["run me.sh", "Größe & Maß #1.txt", "data", "made"]
            for name in data + [".dvc/cache"] { try project.remove(name) }
        }
    }

    @Test(arguments: [ServedRemote.s3, .ssh, .http, .webdav])
    func `both tools keep the same on a server, and take what the other one left`(
        kind: ServedRemote
    ) throws {
        let shared = try Shared(kind)
        let project = shared.project
        let before = try project.tree()
        let pushed = try [(Tool.dvswift, "ours"), (.dvc, "theirs")].map { tool, remote in
            try shared.run(tool, "push", "--run-cache", "-r", remote)
        }
        #expect(pushed[0] == pushed[1])
        let kept = try shared.stored("ours")
        #expect(try kept.difference(from: shared.stored("theirs")) == nil)
        #expect(kept.count > 7)
        for (tool, remote) in [(Tool.dvswift, "theirs"), (.dvc, "ours")] {
            try shared.forgetData()
            try shared.run(tool, "pull", "-q", "--run-cache", "-r", remote)
            let difference = try project.tree().difference(from: before)
            #expect(difference == nil, "\(tool)")
        }
        try compareChanges(shared)
        // Plain HTTP servers cannot tell what there is to collect.
        if kind != .http { try compareCollections(shared) }
    }

    private func compareChanges(_ shared: Shared) throws {
        let project = shared.project
        try project.write("three\n", to: "data/a")
        try project.run(.dvswift, "add", "-q", "data")
        let told = try [Tool.dvswift, .dvc].map { tool in
            try shared.run(tool, "status", "-c", "-r", "ours").split(separator: "\n").sorted()
        }
        #expect(told[0] == told[1])
        #expect(told[0].contains { $0.hasPrefix("\tnew:") })
    }

    private func compareCollections(_ shared: Shared) throws {
        let project = shared.project
        try project.run(.dvswift, "remove", "-q", "Größe & Maß #1.txt.dvc")
        let before = try shared.stored("ours").count
        for (tool, remote) in [(Tool.dvswift, "ours"), (.dvc, "theirs")] {
            try shared.run(tool, "gc", "-q", "-f", "-w", "-c", "-r", remote)
        }
        let kept = try shared.stored("ours")
        #expect(kept.count < before)
        #expect(try kept.difference(from: shared.stored("theirs")) == nil)
    }
}
