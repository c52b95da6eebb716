import DVTestSupport
import Testing

/// Stages that depend on `ds://NAME`.
@Suite struct DatasetDependencyTests {
    @Test func `both tools record the same of a stage with datasets`() throws {
        let locks = try [Tool.dvc, .dvswift].map { tool in
            let project = try Self.project()
            try project.run(tool, "repro", "-q")
            for user in [Tool.dvc, .dvswift] { try project.expectNothingToReproduce(user) }
            return try project.text(of: "dvc.lock")
        }
        #expect(locks[0] == locks[1])
        #expect(locks[1].contains("    - path: ds://images\n      dataset:\n        name: images"))
        #expect(locks[1].hasPrefix(Self.lock.replacing("stages: {}\n", with: "stages:\n")))
    }

    @Test(arguments: [
        (":", "new"), ("sed -i 's/rev: v1/rev: v2/' dvc.yaml", "not in sync"),
        ("sed -i 's/rev_lock: 6f/rev_lock: aa/' dvc.lock", "new"),
        ("sed -i '1,9s/6f9883/aa9883/' dvc.lock", "modified"),
        ("sed -i '1,15s/2024-/2023-/' dvc.lock", "modified"),
        ("sed -i '/^- name: files/,/^stages/s/size: 1/size: 7/' dvc.lock", "modified"),
    ])
    func `status tells of datasets what DVC tells`(change: String, state: String) throws {
        let project = try Self.project()
        if state == "modified" { try project.run(.dvswift, "repro", "-q") }
        try project.attempt(["sh", "-c", change]).checkingSuccess()
        let ours = try project.run(.dvswift, "status", "--json")
        #expect(ours == (try project.run(.dvc, "status", "--json")))
        #expect(ours.contains("\"\(state)\""))
        #expect(try project.run(.dvswift, "status", "--why").contains(" \(state)"))
    }

    @Test(arguments: [
        ("sed -i 's/rev: v1/rev: v2/' dvc.yaml", "Dataset information is not in sync"),
        ("rm dvc.lock", "Dataset information missing from dvc.lock file"),
        ("sed -i 's,ds://images,ds://image,' dvc.yaml", "dataset not found: 'image'"),
    ])
    func `a stage whose dataset is not known does not run`(change: String, words: String) throws {
        let project = try Self.project()
        try project.attempt(["sh", "-c", change]).checkingSuccess()
        let ours = try project.attempt(.dvswift, "repro")
        let theirs = try project.attempt(.dvc, "repro")
        #expect(ours.status == theirs.status)
        #expect(ours.errors.contains("failed to reproduce 'use': \(words)"))
        #expect(theirs.errors.contains("failed to reproduce 'use': \(words)"))
        #expect(try !project.exists("out"))
    }

    @Test func `what is recorded of datasets outlives the last stage`() throws {
        let project = try Self.project()
        try project.run(.dvswift, "repro", "-q")
        try project.run(.dvswift, "remove", "use")
        #expect(try project.text(of: "dvc.lock") == Self.lock)
        #expect(try project.run(.dvc, "status", "--json") == "{}\n")
    }

    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write(pipeline, to: "dvc.yaml")
        try project.write(lock, to: "dvc.lock")
        try project.write("1\n", to: "one")
        return project
    }

    private static let pipeline = """
        vars: [{origin: ../src}]
        datasets:
        - name: images
          url: ${origin}
          type: dvc
          path: data
          rev: v1
        - {name: table, url: "dc://table", type: dc}
        - {name: files, url: "s3://bucket/x", type: url}
        stages:
          use:
            cmd: echo hi > out
            deps: [one, "ds://images", "ds://table", "ds://files"]
            outs: [out]

        """

    /// Files are out of order, as by hand.
    private static let lock = """
        schema: '2.0'
        datasets:
        - name: images
          url: ../src
          type: dvc
          path: data
          rev: v1
          rev_lock: 6f9883027a2a27b1264ff84532ecbbbbacdc2919
        - name: table
          url: dc://table
          type: dc
          version: 3
          created_at: '2024-05-05T10:20:30.123456+00:00'
        - name: files
          url: s3://bucket/x
          type: url
          meta:
            isdir: true
            size: 3
            nfiles: 2
          files:
          - relpath: b
            meta:
              size: 2
              version_id: '23'
              etag: abc
          - relpath: a
            meta:
              size: 1
              version_id: '22'
        stages: {}

        """
}
