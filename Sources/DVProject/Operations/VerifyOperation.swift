import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// What `verify` looks at and how.
package struct VerifyOptions: Sendable {
    package var isCheckingCache = false
    package var isCheckingWorkspace = false
    /// Names of remotes.
    package var remotes: [String] = []
    /// Sizes and presence only.
    package var isQuick = false
    package var isRepairing = false
    package var jobs: Int?

    package init() {}
}

/// An object that is not as it should be.
package struct VerifyProblem: Sendable {
    package enum Kind: Sendable {
        case damaged(ObjectError.Corruption)
        /// The workspace needs it, and it is not there.
        case missing
    }

    package let name: ObjectName
    package let kind: Kind
    /// Every path that needs it, with the newest commit that does.
    package var origins: [ObjectOrigin] = []
    /// Where an intact copy came from; nil if it was not mended.
    package var source: String?

    var isDamage: Bool { if case .damaged = kind { true } else { false } }
}

/// What a check of one place found.
package struct VerifyReport: Sendable {
    package enum Place: Sendable, Equatable {
        case cache
        case remote(String)
        case workspace
    }

    package let place: Place
    package let checked: Int
    package let bytes: Int64
    /// Sorted by path.
    package var problems: [VerifyProblem]
    /// Workspace files whose content changed although their times did not, sorted.
    package var silentlyChanged: [String] = []

    package var isIntact: Bool {
        silentlyChanged.isEmpty && problems.allSatisfy { $0.source != nil }
    }
}

/// Checks that objects are what their names say, and mends those that are not.
package struct VerifyOperation {
    private let options: VerifyOptions

    package init(_ options: VerifyOptions) {
        self.options = options
    }

    package func run(in project: Project) throws -> [VerifyReport] {
        var reports: [VerifyReport] = []
        if options.isCheckingCache { reports.append(try verifyCache(of: project)) }
        for name in options.remotes { reports.append(try verifyRemote(name, of: project)) }
        if options.isCheckingWorkspace {
            reports.append(try WorkspaceVerification(project).report())
        }
        return reports
    }

    private func jobs(_ project: Project) -> Int { options.jobs ?? project.settings.jobs }

    private func verifyCache(of project: Project) throws -> VerifyReport {
        let repair = ObjectRepair(of: project, jobs: jobs(project))
        return try verify(project.cache, .cache, in: project) { try repair.mendCache(&$0) }
    }

    private func verifyRemote(_ name: String, of project: Project) throws -> VerifyReport {
        let remote = try project.settings.remote(name).open(scheme: .md5)
        let repair = ObjectRepair(of: project, jobs: jobs(project))
        return try verify(remote, .remote(name), in: project) { try repair.mend(&$0, in: remote) }
    }

    private func verify(
        _ collection: some ObjectCollection,
        _ place: VerifyReport.Place,
        in project: Project,
        mend: (inout [VerifyProblem]) throws -> Void
    ) throws -> VerifyReport {
        let findings = try project.withProgress("Verifying") { progress in
            try collection.verify(
                nil,
                isQuick: options.isQuick,
                jobs: jobs(project),
                progress: progress
            )
        }
        var problems = findings.damaged.map {
            VerifyProblem(name: $0.name, kind: .damaged($0.reason))
        }
        problems += try missing(from: collection, in: project).map {
            VerifyProblem(name: $0, kind: .missing)
        }
        let origins = try ObjectOrigins.all(of: problems.map(\.name), in: project)
        for index in problems.indices {
            problems[index].origins = origins[problems[index].name] ?? []
        }
        if options.isRepairing, !problems.isEmpty { try mend(&problems) }
        return VerifyReport(
            place: place,
            checked: findings.checked,
            bytes: findings.bytes,
            problems: problems.sorted(by: Self.isBefore)
        )
    }

    /// What the workspace's pointers need and the place does not have.
    private func missing(
        from collection: some ObjectCollection,
        in project: Project
    ) throws -> [ObjectName] {
        var needed = NeededObjects()
        do {
            try needed.add(StageCollection.read(project), in: project)
        } catch ObjectError.corrupt {
            // The listing itself is reported as damaged; what it names is not known.
        }
        return try collection.missing(among: Array(needed.names(.md5)), jobs: jobs(project))
    }

    private static func isBefore(_ left: VerifyProblem, _ right: VerifyProblem) -> Bool {
        let paths = (left.origins.first?.path ?? "", right.origins.first?.path ?? "")
        return paths.0 == paths.1 ? left.name < right.name : paths.0 < paths.1
    }
}
