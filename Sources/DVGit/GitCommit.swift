import Clibgit2

/// The name of an object of Git: 20 bytes, or 40 digits as text.
package struct GitObjectID: Hashable, Sendable {
    var raw: git_oid

    /// 40 lower-case hexadecimal digits.
    package var hex: String {
        withUnsafePointer(to: raw) { pointer in
            String(unsafeUninitializedCapacity: Int(GIT_OID_HEXSZ)) { buffer in
                buffer.withMemoryRebound(to: CChar.self) { text in
                    _ = git_oid_fmt(text.baseAddress, pointer)
                }
                return Int(GIT_OID_HEXSZ)
            }
        }
    }

    package static func == (left: GitObjectID, right: GitObjectID) -> Bool {
        withUnsafePointer(to: left.raw) { left in
            withUnsafePointer(to: right.raw) { git_oid_equal(left, $0) != 0 }
        }
    }

    package func hash(into hasher: inout Hasher) {
        withUnsafeBytes(of: raw.id) { hasher.combine(bytes: $0) }
    }
}

extension GitObjectID: CustomStringConvertible {
    package var description: String { hex }
}

/// What a commit says of itself.
package struct GitCommit: Hashable, Sendable {
    package let id: GitObjectID
    package let tree: GitObjectID
    package let parents: [GitObjectID]
    package let author: Signature
    /// When it was committed, in seconds since 1970.
    package let time: Int64
    /// The first line of the message.
    package let summary: String

    package struct Signature: Hashable, Sendable {
        package let name: String
        package let email: String
        /// Seconds since 1970.
        package let time: Int64
        /// Minutes east of Greenwich.
        package let offset: Int
    }
}

extension GitCommit {
    init(_ commit: OpaquePointer) {
        func text(_ bytes: UnsafePointer<CChar>?) -> String {
            bytes.map { String(cString: $0) } ?? ""
        }
        let author = git_commit_author(commit)?.pointee
        id = GitObjectID(raw: git_commit_id(commit)?.pointee ?? git_oid())
        tree = GitObjectID(raw: git_commit_tree_id(commit)?.pointee ?? git_oid())
        parents = (0..<git_commit_parentcount(commit)).compactMap { index in
            git_commit_parent_id(commit, index).map { GitObjectID(raw: $0.pointee) }
        }
        self.author = Signature(
            name: text(author?.name),
            email: text(author?.email),
            time: author?.when.time ?? 0,
            offset: Int(author?.when.offset ?? 0)
        )
        time = git_commit_time(commit)
        summary = text(git_commit_summary(commit))
    }
}
