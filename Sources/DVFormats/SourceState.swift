/// What is recorded of data elsewhere, so that it can be told later whether it is still the same.
package enum SourceState: Hashable, Sendable {
    /// The content itself, or of a folder in a storage the listing of the marks of its files.
    case content(ContentRecord)
    case mark(ContentMark)

    /// Whether both tell of the same data; sizes and modes do not count.
    package func isSame(as other: SourceState?) -> Bool {
        switch (self, other) {
        case (.content(let mine), .content(let theirs)?):
            mine.name == theirs.name && mine.scheme == theirs.scheme
        case (.mark(let mine), .mark(let theirs)?):
            mine.kind == theirs.kind && mine.value == theirs.value
        default: false
        }
    }

    package var content: ContentRecord? {
        if case .content(let content) = self { content } else { nil }
    }
}

extension RecordedPath {
    /// Of a dependency.
    package var state: SourceState? {
        get { content.map(SourceState.content) ?? mark.map(SourceState.mark) }
        set {
            (content, mark) = (nil, nil)
            switch newValue {
            case .content(let record)?: content = record
            case .mark(let mark)?: self.mark = mark
            case nil: break
            }
        }
    }
}
