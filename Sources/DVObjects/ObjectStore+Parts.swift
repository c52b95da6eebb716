import DVHashing
import DVSystem

/// Collecting what fetches left behind: parts of objects.
extension ObjectStore {
    /// Those whose object nobody needs, or is there.
    func unusedParts(besides used: SortedNames) throws -> [UnusedObject] {
        try layout.forms.flatMap { form in
            try parts(form).compactMap { name, status in
                if used.contains(name), try !contains(name) { return nil }
                return UnusedObject(name: name, size: status.size, stored: status.modified)
            }
        }
    }

    /// In every form; one that is being worked with stays.
    func removeParts(
        of name: ObjectName,
        unlessNewerThan moment: Int64
    ) throws -> [UnusedObject] {
        try layout.forms.compactMap { form in
            let path = layout.partPath(of: name, form)
            guard let file = try OpenFile.readingIfPresent(path), file.lockIfFree() else {
                return nil
            }
            let status = try file.status()
            guard status.modified <= moment,
                try FileStatus.ifPresent(path)?.inode == status.inode
            else { return nil }
            try path.removeFile()
            return UnusedObject(name: name, size: status.size, stored: status.modified)
        }
    }

    private func parts(_ form: Encoding?) throws -> [(name: ObjectName, status: FileStatus)] {
        let folder = layout.root(of: form)
        guard try folder.exists() else { return [] }
        return try folder.childNames().compactMap { child in
            let text = child.string
            guard text.hasPrefix(ObjectLayout.partPrefix),
                let name = ObjectName(String(text.dropFirst(ObjectLayout.partPrefix.count))),
                let status = try FileStatus.ifPresent(layout.partPath(of: name, form))
            else { return nil }
            return (name, status)
        }
    }
}

extension [UnusedObject] {
    /// One for each name, sorted: an object may be there in several forms.
    func merged() -> [UnusedObject] {
        sorted { $0.name < $1.name }.reduce(into: []) { merged, next in
            guard let last = merged.last, last.name == next.name else { return merged.append(next) }
            merged[merged.count - 1] = UnusedObject(
                name: next.name,
                size: last.size + next.size,
                stored: Swift.max(last.stored, next.stored)
            )
        }
    }
}
