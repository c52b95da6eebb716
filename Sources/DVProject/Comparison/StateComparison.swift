import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// Compares what was tracked at two moments.
///
/// Listings are joined as they are, so memory does not grow with files that are the same on both sides.
struct StateComparison {
    let project: Project
    let scope: PathScope
    /// Whether the files of directories are compared, or directories as a whole.
    var isGranular = true
    /// Whether what is the same on both sides is wanted too.
    var listsUnchanged = false

    /// Without renames; not sorted.
    func changes(from old: TrackedState, to new: TrackedState) throws -> TrackedChanges {
        var changes = TrackedChanges()
        for group in Self.groups(old, new) where scope.overlaps(group.root) {
            try Interruption.check()
            if group.isSimple {
                let (before, after) = (old.contents[group.root], new.contents[group.root])
                try compare(before, after, at: group.root, &changes)
            } else {
                try compareNested(group, old, new, &changes)
            }
        }
        return changes
    }

    /// One output on either side, at the same path.
    private func compare(
        _ old: TrackedContent?,
        _ new: TrackedContent?,
        at path: RelativePath,
        _ changes: inout TrackedChanges
    ) throws {
        let isSameScheme = old?.record.scheme == new?.record.scheme
        let (before, after) = (old?.record.name, new?.record.name)
        note(before, after, at: path, isSameScheme: isSameScheme, &changes)
        guard isGranular, old?.isFolder == true || new?.isFolder == true else { return }
        let isSame = isSameScheme && before == after
        if isSame, !listsUnchanged, case .inCache? = new?.members { return }
        let oldListing = try listing(of: old)
        if isSame, !listsUnchanged, oldListing != nil { return }
        let newListing = try listing(of: new)
        switch (oldListing, newListing) {
        case (let oldListing?, let newListing?):
            join(oldListing, newListing, at: path, isSameScheme: isSameScheme, &changes)
        case (nil, let known?): noteUnknown(known, isNew: true, at: path, &changes)
        case (let known?, nil): noteUnknown(known, isNew: false, at: path, &changes)
        case (nil, nil): break
        }
    }

    private func listing(of content: TrackedContent?) throws -> DirectoryListing? {
        guard let content else { return DirectoryListing() }
        return try content.listing(in: project)
    }

    private func join(
        _ old: DirectoryListing,
        _ new: DirectoryListing,
        at root: RelativePath,
        isSameScheme: Bool,
        _ changes: inout TrackedChanges
    ) {
        DirectoryListing.join(old, new) { before, after in
            let oldDigest = before.map { old.digest(at: $0) }
            let newDigest = after.map { new.digest(at: $0) }
            if !listsUnchanged, isSameScheme, oldDigest == newDigest { return }
            let inside = before.map { old.path(at: $0) } ?? after.map { new.path(at: $0) }
            note(
                oldDigest.map { ObjectName($0) },
                newDigest.map { ObjectName($0) },
                at: root.appending(inside ?? .empty),
                isSameScheme: isSameScheme,
                &changes
            )
        }
    }

    private func noteUnknown(
        _ listing: DirectoryListing,
        isNew: Bool,
        at root: RelativePath,
        _ changes: inout TrackedChanges
    ) {
        for index in listing.indices {
            let path = root.appending(listing.path(at: index))
            guard scope.contains(path) else { continue }
            let name = ObjectName(listing.digest(at: index))
            changes.note(
                TrackedChange(
                    kind: .unknown,
                    path: path,
                    old: isNew ? nil : name,
                    new: isNew ? name : nil
                )
            )
        }
    }

    private func note(
        _ old: ObjectName?,
        _ new: ObjectName?,
        at path: RelativePath,
        isSameScheme: Bool,
        _ changes: inout TrackedChanges
    ) {
        guard scope.contains(path) else { return }
        let kind: TrackedChange.Kind =
            switch (old, new) {
            case (nil, _): .added
            case (_, nil): .deleted
            case _ where old == new && isSameScheme: .unchanged
            default: .modified
            }
        if kind == .unchanged, !listsUnchanged { return }
        changes.note(TrackedChange(kind: kind, path: path, old: old, new: new))
    }
}

/// Outputs that lie at or below one path; on either side they may be cut differently.
private struct OutputGroup {
    let root: RelativePath
    /// Whether both sides have nothing below the root itself.
    var isSimple = true
    var paths: [RelativePath]
}

extension StateComparison {
    private static func groups(_ old: TrackedState, _ new: TrackedState) -> [OutputGroup] {
        let all = Set(old.contents.keys).union(new.contents.keys)
        var groups: [RelativePath: OutputGroup] = [:]
        for path in all {
            var (root, above) = (path, path)
            while !above.isEmpty {
                above = above.parent
                if all.contains(above) { root = above }
            }
            groups[root, default: OutputGroup(root: root, paths: [])].paths.append(path)
            if root != path { groups[root]?.isSimple = false }
        }
        return groups.values.sorted { $0.root < $1.root }
    }

    /// A folder that one side tracks as a whole and the other in parts: path by path.
    private func compareNested(
        _ group: OutputGroup,
        _ old: TrackedState,
        _ new: TrackedState,
        _ changes: inout TrackedChanges
    ) throws {
        let (before, after) = (try entries(of: group, in: old), try entries(of: group, in: new))
        for path in Set(before.keys).union(after.keys) {
            let (left, right) = (before[path], after[path])
            note(
                left?.name,
                right?.name,
                at: path,
                isSameScheme: left?.scheme == right?.scheme,
                &changes
            )
        }
    }

    private func entries(
        of group: OutputGroup,
        in state: TrackedState
    ) throws -> [RelativePath: ContentRecord] {
        var entries: [RelativePath: ContentRecord] = [:]
        for path in group.paths {
            guard let content = state.contents[path] else { continue }
            entries[path] = content.record
            guard isGranular, let listing = try content.listing(in: project) else { continue }
            for index in listing.indices {
                entries[path.appending(listing.path(at: index))] = ContentRecord(
                    ObjectName(listing.digest(at: index)),
                    scheme: content.record.scheme
                )
            }
        }
        return entries
    }
}
