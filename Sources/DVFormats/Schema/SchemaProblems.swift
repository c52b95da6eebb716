import Synchronization

/// Everything that is wrong with a file, gathered while it is read.
final class SchemaProblems: Sendable {
    private let found = Mutex<[FormatError]>([])

    func note(_ error: FormatError) { found.withLock { $0.append(error) } }

    /// Throws the first problem of the file with all others.
    func check() throws(FormatError) {
        let sorted = found.withLock(\.self).enumerated().sorted { left, right in
            (left.element.line ?? 0, left.element.column ?? 0, left.offset)
                < (right.element.line ?? 0, right.element.column ?? 0, right.offset)
        }
        guard var first = sorted.first?.element else { return }
        first.others += sorted.dropFirst().map(\.element)
        throw first
    }
}

extension SchemaReader {
    /// Reads all there is before it throws, so that a user sees every problem at once.
    static func readingAll<Value>(
        _ node: YAMLNode,
        file: String,
        path: [String] = [],
        _ read: (SchemaReader) throws(FormatError) -> Value
    ) throws(FormatError) -> Value {
        let problems = SchemaProblems()
        do {
            let value = try read(
                SchemaReader(node, file: file, path: path, problems: problems)
            )
            try problems.check()
            return value
        } catch {
            guard error.others.isEmpty else { throw error }
            problems.note(error)
            try problems.check()
            throw error
        }
    }

    /// Reads a part; a problem with it is noted where all are gathered, and thrown elsewhere.
    @discardableResult
    func attempt<Value>(
        _ read: () throws(FormatError) -> Value
    ) throws(FormatError) -> Value? {
        guard let problems else { return try read() }
        do {
            return try read()
        } catch {
            problems.note(error)
            return nil
        }
    }

    func note(_ problem: FormatError) throws(FormatError) {
        try attempt { () throws(FormatError) in throw problem }
    }
}
