/// What is recorded of data elsewhere, so that it can be told later whether it is still the same.
package enum SourceState: Hashable, Sendable {
    /// The content itself, or of a folder in a storage the listing of the marks of its files.
    case content(ContentRecord)
    case mark(ContentMark)
    /// Of a folder in a storage that keeps versions, where they are followed.
    case versions([FileVersion])

    /// Whether both tell of the same data; sizes and modes do not count.
    ///
    /// As in DVC a new version of a file is another state even with the same content, and of a folder only contents count.
    package func isSame(as other: SourceState?) -> Bool {
        switch (self, other) {
        case (.content(let mine), .content(let theirs)?):
            mine.name == theirs.name && mine.scheme == theirs.scheme
        case (.mark(let mine), .mark(let theirs)?):
            mine.kind == theirs.kind && mine.value == theirs.value
                && (mine.version == theirs.version || mine.version == nil || theirs.version == nil)
        case (.versions(let mine), .versions(let theirs)?):
            mine.elementsEqual(theirs) { $0.path == $1.path && $0.tag == $1.tag }
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
        get {
            content.map(SourceState.content) ?? mark.map(SourceState.mark)
                ?? versions.map(SourceState.versions)
        }
        set {
            (content, mark, versions) = (nil, nil, nil)
            switch newValue {
            case .content(let record)?: content = record
            case .mark(let mark)?: self.mark = mark
            case .versions(let versions)?: self.versions = versions
            case nil: break
            }
        }
    }
}
