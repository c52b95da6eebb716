import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// What a checkout will do, file by file.
///
/// Making one touches nothing.
package struct CheckoutPlan: Sendable {
    package enum Kind: Sendable {
        case added, modified, deleted
    }

    /// A file that is there and wanted: its places in the current and in the target files.
    struct Match: Sendable {
        let current: Int
        let target: Int
    }

    let root: AbsolutePath
    let current: FileSet
    let target: FileSet
    let isExecutable: Bool
    private let hadContent: Bool
    /// The kinds of link that unchanged files shall have, best first; nil leaves them alone.
    private let linkTypes: [LinkType]?
    /// Places in the target.
    private(set) var creates: [Int] = []
    private(set) var replaces: [Match] = []
    /// Places in the current files.
    private(set) var deletes: [Int] = []
    /// Unchanged files to be linked anew.
    private(set) var relinked: [Match] = []
    /// Files that cannot be made, because neither the store nor the supply has their objects.
    package private(set) var missing: [MissingObject] = []
    /// Whether the right content has an executable bit that is not recorded: told as a change, and left, as DVC does.
    private(set) var hasExtraBit = false
    /// For each place in the target, whether only the supply has its object; empty if nothing is to be supplied.
    private var suppliedPlaces: [Bool] = []

    package var added: Int { creates.count }
    package var modified: Int { replaces.count + (hasExtraBit ? 1 : 0) }
    package var deleted: Int { deletes.count }

    init(
        at root: AbsolutePath,
        from content: WorkspaceContent?,
        to wanted: CheckoutTarget,
        relinks linkTypes: [LinkType]?
    ) {
        self.root = root
        self.linkTypes = linkTypes
        current = FileSet(content)
        target = FileSet(wanted)
        hadContent = content != nil
        if case .file(_, let bit) = wanted { isExecutable = bit } else { isExecutable = false }
        compare(content)
    }

    /// What happens to the output as a whole; nil if nothing does.
    package var kind: Kind? {
        switch (hadContent, target) {
        case (false, .none): nil
        case (false, _): .added
        case (true, .none): .deleted
        case (true, _): added + modified + deleted == 0 ? nil : .modified
        }
    }

    /// Whether the target is a directory.
    package var isDirectory: Bool {
        if case .listing = target { true } else { false }
    }

    /// Files whose content would be lost, sorted by path: changed or extra ones that `store` does not have.
    package func conflicts(_ store: ObjectStore, _ pool: WorkerPool) throws -> [CheckoutConflict] {
        let going =
            replaces.map { ($0.current, CheckoutConflict.Kind.replaced) }
            + deletes.map { ($0, .removed) }
        guard !going.isEmpty else { return [] }
        let names = going.map { ObjectName(current.digest(at: $0.0)) }
        let lacking = Set(try store.missing(among: names, jobs: pool.jobs))
        return zip(going, names)
            .filter { lacking.contains($0.1) }
            .map { CheckoutConflict(path: current.path(at: $0.0.0, below: root), kind: $0.0.1) }
            .sorted { $0.path < $1.path }
    }

    /// Finds out which files cannot be made from what `store` has.
    mutating func findAbsent(
        in store: ObjectStore,
        _ pool: WorkerPool,
        _ supply: (any ObjectSupply)?
    ) throws {
        let wanted = creates + (replaces + relinked).map(\.target)
        guard !wanted.isEmpty else { return }
        let names = wanted.map { ObjectName(target.digest(at: $0)) }
        let absent = SortedNames(try store.missing(among: names, jobs: pool.jobs))
        guard !absent.isEmpty else { return }
        for (place, name) in zip(wanted, names) where absent.contains(name) {
            if supply?.has(name, store.scheme) == true {
                if suppliedPlaces.isEmpty {
                    suppliedPlaces = Array(repeating: false, count: target.count)
                }
                suppliedPlaces[place] = true
            } else {
                let path = target.path(at: place, below: root)
                missing.append(MissingObject(path: path, name: name))
            }
        }
    }

    /// Whether the supply is needed.
    var isSupplied: Bool { !suppliedPlaces.isEmpty }

    /// Whether the supply has the object at this place in the target, and the store does not.
    func isSupplied(_ place: Int) -> Bool { isSupplied && suppliedPlaces[place] }

    private mutating func compare(_ content: WorkspaceContent?) {
        switch (current, target) {
        case (.listing(let old), .listing(let new)):
            DirectoryListing.join(old, new) { before, after in
                add(before, after, content)
            }
        case (.file, .file):
            add(0, 0, content, isBitWrong: isBitWrong(content))
            if case .file(let entry) = content, replaces.isEmpty, !isExecutable {
                hasExtraBit = entry.status.isExecutable
            }
        default:
            deletes = Array(0..<current.count)
            creates = Array(0..<target.count)
        }
    }

    private mutating func add(
        _ before: Int?,
        _ after: Int?,
        _ content: WorkspaceContent?,
        isBitWrong: Bool = false
    ) {
        switch (before, after) {
        case (let before?, let after?):
            let match = Match(current: before, target: after)
            if isBitWrong || current.digest(at: before) != target.digest(at: after) {
                replaces.append(match)
            } else if needsLink(before, content) {
                relinked.append(match)
            }
        case (let before?, nil): deletes.append(before)
        case (nil, let after?): creates.append(after)
        case (nil, nil): break
        }
    }

    /// Whether an unchanged file may not be linked as configured.
    ///
    /// A plain file is what copies and reflinks leave; one that is executable stays so, as a link would lose the bit.
    private func needsLink(_ index: Int, _ content: WorkspaceContent?) -> Bool {
        guard let wanted = linkTypes?.first, let content else { return false }
        let status = content.status(at: index)
        if content.isSymbolicLink(at: index) || status.linkCount > 1 { return true }
        return (wanted == .hardlink || wanted == .symlink) && !status.isExecutable
    }

    /// Whether the file has the right content without the executable bit that is recorded.
    private func isBitWrong(_ content: WorkspaceContent?) -> Bool {
        guard case .file(let entry) = content, isExecutable else { return false }
        return !entry.status.isExecutable
    }
}
