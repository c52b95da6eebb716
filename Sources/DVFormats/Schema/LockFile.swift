import DVSystem

/// A `dvc.lock` of schema 2.0: the text of each stage is kept apart, and parsed when it is asked for.
///
/// Changing a stage costs the size of that stage; every other keeps its bytes.
package struct LockFile: Sendable {
    struct Chunk: Sendable {
        var name: String
        /// Whole lines: the key, the stage, and comments behind it.
        var text: ArraySlice<UInt8>
        var line: Int
    }

    let file: String
    /// Up to and with the line `stages:`.
    var head: [UInt8]
    private(set) var chunks: [Chunk]
    var tail: ArraySlice<UInt8>
    /// Column of the names of stages.
    private(set) var indent = 2
    private var indices: [String: Int] = [:]

    private static let newHead = Array("schema: '2.0'\nstages:\n".utf8)

    /// No file yet.
    package init() {
        (file, head, chunks, tail) = ("dvc.lock", Self.newHead, [], [])
    }

    /// Finds the stages; a stage that DVC did not lay out, or one that is wrong, may show only when it is asked for.
    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        let parts: LockFileParts
        if let fast = LockFileParts(quickly: bytes) {
            parts = fast
        } else {
            parts = try LockFileParts(parsing: bytes, file: file)
        }
        self.file = file
        head = parts.head.isEmpty ? Self.newHead : Array(parts.head)
        chunks = parts.chunks
        tail = parts.tail
        indent = parts.indent
        for (index, chunk) in chunks.enumerated() {
            if indices.updateValue(index, forKey: chunk.name) != nil {
                throw FormatError(
                    file: file,
                    line: chunk.line,
                    column: indent + 1,
                    key: "stages.\(chunk.name)",
                    problem: "duplicate key '\(chunk.name)'"
                )
            }
        }
    }

    /// In the order of the file.
    package var stageNames: [String] { chunks.map(\.name) }

    /// The stages whose text contains one of `texts`; nothing is parsed for it.
    package func stageNames(containingAny texts: [[UInt8]]) -> [String] {
        chunks.filter { chunk in texts.contains { $0.occurs(in: chunk.text) } }.map(\.name)
    }

    /// The text of a stage, its name included; nil if there is none.
    package func text(ofStage name: String) -> ArraySlice<UInt8>? {
        indices[name].map { chunks[$0].text }
    }

    /// Nothing is recorded in it.
    ///
    /// DVC deletes the file when no stage is left, and with it what it says of datasets.
    package var isEmpty: Bool { chunks.isEmpty && !hasOtherSections }

    /// Whether there is more to it than stages.
    var hasOtherSections: Bool { head != Self.newHead || !tail.isEmpty }

    /// What is recorded of a stage; nil if nothing is.
    package func stage(named name: String) throws(FormatError) -> LockedStage? {
        guard let index = indices[name] else { return nil }
        if indent == 2, let stage = LockedStage(quickly: chunks[index].text) { return stage }
        guard let node = try node(at: index) else { return nil }
        return try SchemaReader.readingAll(node, file: file, path: ["stages", name]) {
            reader throws(FormatError) in
            try LockSchema.stage(reader)
        }
    }

    private func node(at index: Int) throws(FormatError) -> YAMLNode? {
        let chunk = chunks[index]
        let document = try YAMLDocument(
            parsing: Array(chunk.text),
            file: file,
            firstLine: chunk.line
        )
        return document.root?.entries?.first?.value
    }

    /// Records a run.
    ///
    /// Returns false, and keeps every byte, if the same is recorded already.
    @discardableResult
    package mutating func set(
        _ stage: LockedStage,
        named name: String
    ) throws(FormatError) -> Bool {
        guard let index = indices[name] else {
            indices[name] = chunks.count
            let text = YAMLEmitter.entry(name, stage.written(keeping: nil), indent: indent)
            chunks.append(Chunk(name: name, text: text[...], line: 1))
            return true
        }
        var old: DataValue?
        if let node = try node(at: index) { old = try DataValue(node, in: file) }
        let value = stage.written(keeping: old)
        if value == old { return false }
        let text = YAMLEmitter.entry(name, value, indent: indent)
        chunks[index].text = text + Self.trailingComments(of: chunks[index].text)
        return true
    }

    /// Puts a text that the caller vouches for in the place of a stage, or behind the others.
    mutating func set(text: ArraySlice<UInt8>, named name: String) {
        if let index = indices[name] {
            chunks[index].text = text
        } else {
            indices[name] = chunks.count
            chunks.append(Chunk(name: name, text: text, line: 1))
        }
    }

    /// Puts the stages called `names` in this order, into the places that they have together; others stay where they are.
    package mutating func arrange(_ names: [String]) {
        let places = names.compactMap { indices[$0] }
        let arranged = places.map { chunks[$0] }
        for (place, chunk) in zip(places.sorted(), arranged) {
            chunks[place] = chunk
            indices[chunk.name] = place
        }
    }

    @discardableResult
    package mutating func remove(named name: String) -> Bool {
        guard let index = indices.removeValue(forKey: name) else { return false }
        chunks.remove(at: index)
        for later in index..<chunks.count { indices[chunks[later].name] = later }
        return true
    }

    package func serialized() -> [UInt8] {
        var result = head
        if chunks.isEmpty, result.suffix(8).elementsEqual("stages:\n".utf8) {
            result = result.dropLast() + Array(" {}\n".utf8)
        }
        result.reserveCapacity(head.count + tail.count + chunks.reduce(0) { $0 + $1.text.count })
        for chunk in chunks {
            if result.last != YAMLText.newline { result.append(YAMLText.newline) }
            result += chunk.text
        }
        return result + tail
    }

    /// The comment lines and empty lines at the end of a text.
    private static func trailingComments(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var start = text.endIndex
        while start > text.startIndex {
            var line = start - 1
            while line > text.startIndex, text[line - 1] != YAMLText.newline { line -= 1 }
            let first = text[line..<start].first { !YAMLText.isSpace($0) }
            guard first == nil || first == UInt8(ascii: "#"), line > text.startIndex else { break }
            start = line
        }
        return text[start...]
    }
}
