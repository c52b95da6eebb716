import DVSystem
import DVTestSupport
import Testing

/// A command that is killed at many points, each time in an equal project, and then run again.
struct KilledCommand {
    let arguments: [String]
    /// The project before the command; what it leads to is found by letting it finish once.
    let template: TemporaryProject
    /// What a user does to see whether all is there, after the command has been run again.
    let check: (TemporaryProject) throws -> Void

    /// Fails the test where a kill does harm that running the command again does not mend.
    func killEverywhere(seed: UInt64) throws {
        let expected = try finished().tree()
        let points = try KillPoint.all(in: template, seed: seed)
        var kills = 0
        for point in points {
            let project = try template.copy()
            let result = try project.attempt(point.killing([Tool.dvswift.program] + arguments))
            if !result.reason.isSuccess { kills += 1 }
            try project.waitForPrograms()
            try expectGoodObjects(project, point)

            // As after a killed `git add`.
            try project.remove(".git/index.lock")
            let rerun = try project.attempt(.dvswift, arguments)
            #expect(rerun.reason.isSuccess, "\(point): \(rerun)")
            try clearTemporaryFiles(project)
            let tree = try project.tree()
            #expect(tree.difference(from: expected) == nil, "\(point)")
            try expectGoodObjects(project, point)
            try check(project)
            #expect(try project.tree().difference(from: expected) == nil, "checked, \(point)")
        }
        #expect(kills * 2 >= points.count, "too few points are within the run: \(kills)")
    }

    /// What a kill left unfinished stays, and does no harm.
    private func clearTemporaryFiles(_ project: TemporaryProject) throws {
        let files = try TreeSnapshot(of: project.root).paths
        for file in files where file.contains(TemporaryFile.namePrefix) {
            try project.remove(file)
        }
    }

    private func finished() throws -> TemporaryProject {
        let project = try template.copy()
        try project.run(.dvswift, arguments)
        return project
    }

    private func expectGoodObjects(_ project: TemporaryProject, _ point: KillPoint) throws {
        for folder in [project.path(".dvc/cache"), project.remote] {
            let bad = try ObjectFolder(project: project, path: folder).badObjects()
            #expect(bad.isEmpty, "\(point)")
        }
    }
}
