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
    /// DVC 2's objects lie in a place of their own.
    let scheme: HashScheme
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

    private func jobs(_ side: Side, _ project: Project) -> Int {
        side.collection.jobs(options.jobs, usual: project.settings.jobs)
    }

    private func verifyCache(of project: Project) throws -> VerifyReport {
        let repair = ObjectRepair(of: project)
        let sides = [project.cache, project.legacyCache].map { Side(scheme: $0.scheme, at: $0) }
        return try verify(sides, .cache, in: project) { try repair.mendCache(&$0) }
    }

    private func verifyRemote(_ name: String, of project: Project) throws -> VerifyReport {
        let definition = try project.settings.remote(name)
        let remotes = try [HashScheme.md5, .md5DOS2Unix].map {
            ($0, try definition.open(scheme: $0))
        }
        let repair = ObjectRepair(of: project)
        let sides = remotes.map { Side(scheme: $0, at: $1, remote: definition.name) }
        return try verify(sides, .remote(definition.name), in: project) { problems in
            for (scheme, remote) in remotes {
                try repair.mend(&problems, of: scheme, in: remote, named: definition.name)
            }
        }
    }

    /// The objects of one scheme in a place.
    private struct Side {
        let scheme: HashScheme
        let collection: any ObjectCollection
        /// Its name, if it is one.
        let remote: String?

        init(
            scheme: HashScheme,
            at collection: any ObjectCollection,
            remote: String? = nil
        ) {
            self.scheme = scheme
            self.collection = collection
            self.remote = remote
        }
    }

    private func verify(
        _ sides: [Side],
        _ place: VerifyReport.Place,
        in project: Project,
        mend: (inout [VerifyProblem]) throws -> Void
    ) throws -> VerifyReport {
        var (checked, bytes) = (0, Int64(0))
        var problems: [VerifyProblem] = []
        for side in sides {
            let findings = try self.findings(of: side, in: project)
            checked += findings.checked
            bytes += findings.bytes
            problems += findings.damaged.map {
                VerifyProblem(name: $0.name, scheme: side.scheme, kind: .damaged($0.reason))
            }
        }
        problems += try missing(from: sides, besides: problems, in: project)
        try nameOrigins(&problems, in: project)
        if options.isRepairing { try mendAll(&problems, sides, in: project, mend) }
        return VerifyReport(
            place: place,
            checked: checked,
            bytes: bytes,
            problems: problems.sorted(by: Self.isBefore)
        )
    }

    private func findings(of side: Side, in project: Project) throws -> VerifyFindings {
        try project.withProgress("Verifying") { progress in
            try side.collection.verify(
                nil,
                isQuick: options.isQuick,
                jobs: jobs(side, project),
                progress: progress
            )
        }
    }

    /// Listings first: only they tell where their files are, and of files that nobody knew of before, which are mended in turn.
    private func mendAll(
        _ problems: inout [VerifyProblem],
        _ sides: [Side],
        in project: Project,
        _ mend: (inout [VerifyProblem]) throws -> Void
    ) throws {
        var open = problems
        problems = []
        while !open.isEmpty {
            var listings = open.filter(\.name.isListing)
            try mend(&listings)
            var files = open.filter { !$0.name.isListing }
            try nameOrigins(&files, in: project)
            try mend(&files)
            problems += listings + files
            open = try missing(from: sides, besides: problems, in: project)
            try nameOrigins(&open, in: project)
        }
    }

    private func nameOrigins(_ problems: inout [VerifyProblem], in project: Project) throws {
        for scheme in [HashScheme.md5, .md5DOS2Unix] {
            let names = problems.filter { $0.scheme == scheme }.map(\.name)
            let origins = try ObjectOrigins.all(of: names, scheme, in: project)
            for index in problems.indices where problems[index].scheme == scheme {
                problems[index].origins = origins[problems[index].name] ?? []
            }
        }
    }

    /// What the workspace's pointers need and the place does not have; without what is known to be bad.
    private func missing(
        from sides: [Side],
        besides known: [VerifyProblem],
        in project: Project
    ) throws -> [VerifyProblem] {
        var needed = NeededObjects(isPassingDamage: true)
        try needed.add(StageCollection.read(project), in: project)
        if let remote = sides.compactMap(\.remote).first {
            try needed.addListings(from: remote, in: project)
        }
        return try sides.flatMap { side in
            let told = Set(known.filter { $0.scheme == side.scheme }.map(\.name))
            let names = needed.names(side.scheme).names.filter { !told.contains($0) }
            let jobs = jobs(side, project)
            return try side.collection.missing(among: names, jobs: jobs).map {
                VerifyProblem(name: $0, scheme: side.scheme, kind: .missing)
            }
        }
    }

    private static func isBefore(_ left: VerifyProblem, _ right: VerifyProblem) -> Bool {
        let paths = (left.origins.first?.path ?? "", right.origins.first?.path ?? "")
        return paths.0 == paths.1 ? left.name < right.name : paths.0 < paths.1
    }
}
