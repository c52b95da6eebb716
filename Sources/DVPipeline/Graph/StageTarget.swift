import DVSystem

/// What a user's target says: a file, a stage in a file, or a stage of the `dvc.yaml` here.
package struct StageTarget: Hashable, Sendable {
    /// As typed; nil means the `dvc.yaml` in the user's directory.
    package private(set) var file: String?
    /// Nil means every stage of the file.
    package private(set) var name: String?

    /// `file:name`, `file` (a `dvc.yaml` or `.dvc`) or `name`.
    package init(_ text: String, isGlob: Bool = false) throws(SelectionError) {
        let (head, tail) = isGlob ? (text[...], "") : Self.splitKey(text)
        guard let colon = Self.colon(in: head) else {
            if isGlob || !Self.isStageFile(text) { name = text } else { file = text }
            try checkLockFile(head.description, whole: text)
            return
        }
        let before = String(head[..<colon])
        let after = String(head[head.index(after: colon)...])
        try checkLockFile(before, whole: text)
        if after.isEmpty, !isGlob {
            name = text
        } else {
            file = before.isEmpty ? nil : before
            name = after.isEmpty ? nil : after + tail
        }
    }

    static func isStageFile(_ text: String) -> Bool {
        text.hasSuffix(".dvc") || fileName(text) == Stage.projectFileName
    }

    private static func fileName(_ text: String) -> Substring {
        text.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    }

    /// The key of a generated stage (`name@key`) may hold anything, so it is set aside first.
    private static func splitKey(_ text: String) -> (Substring, String) {
        guard let at = text.firstIndex(of: "@") else { return (text[...], "") }
        return (text[..<at], String(text[at...]))
    }

    /// The colon before a name: the last one, unless a slash follows.
    private static func colon(in text: Substring) -> Substring.Index? {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        return text[colon...].contains { $0 == "/" || $0 == "\\" } ? nil : colon
    }

    private func checkLockFile(_ file: String, whole: String) throws(SelectionError) {
        guard Self.fileName(file) == "dvc.lock" else { return }
        throw .lockFile(suggestion: whole.replacing(".lock", with: ".yaml", maxReplacements: 1))
    }
}
