/// The merge of two versions of a `dvc.lock`, stage by stage, where Git would see lines.
package struct LockMerge: Sendable {
    package private(set) var bytes: [UInt8]
    /// Stages that both sides changed differently; each stands between conflict markers.
    package private(set) var conflicts: [String] = []

    /// Ours decides order and layout; stages that only theirs has follow.
    ///
    /// Throws `FormatError` for a file that is not a lock file, or if both sides changed differently what is around the
    /// stages.
    package init(
        ancestor: [UInt8],
        ours: [UInt8],
        theirs: [UInt8],
        file: String
    ) throws(FormatError) {
        let old = try LockFile(parsing: ancestor, file: file)
        let mine = try LockFile(parsing: ours, file: file)
        let other = try LockFile(parsing: theirs, file: file)
        var merged = mine
        bytes = []
        let isCompared = !ancestor.isEmpty || other.hasOtherSections
        if isCompared, mine.head != other.head || mine.tail != other.tail {
            try Self.mergeSurroundings(&merged, old, other, file)
        }
        let known = Set(mine.stageNames)
        for name in mine.stageNames + other.stageNames.filter({ !known.contains($0) }) {
            let sides = try Sides(name, old, mine, other)
            switch sides.outcome {
            case .ours: break
            case .gone: merged.remove(named: name)
            case .theirs:
                guard let text = other.text(ofStage: name) else { break }
                if other.indent == mine.indent {
                    merged.set(text: Self.line(text), named: name)
                } else if let stage = sides.theirs {
                    try merged.set(stage, named: name)
                }
            case .conflict:
                conflicts.append(name)
                merged.set(text: Self.conflict(name, mine, other)[...], named: name)
            }
        }
        bytes = merged.serialized()
    }

    private static func mergeSurroundings(
        _ merged: inout LockFile,
        _ old: LockFile,
        _ other: LockFile,
        _ file: String
    ) throws(FormatError) {
        let mine = merged
        if mine.head == old.head, mine.tail == old.tail {
            (merged.head, merged.tail) = (other.head, other.tail)
        } else if other.head != old.head || other.tail != old.tail {
            throw FormatError(file: file, problem: "both sides changed more than stages")
        }
    }

    private static func conflict(_ name: String, _ mine: LockFile, _ other: LockFile) -> [UInt8] {
        Array("<<<<<<< ours\n".utf8) + line(mine.text(ofStage: name) ?? [])
            + Array("=======\n".utf8) + line(other.text(ofStage: name) ?? [])
            + Array(">>>>>>> theirs\n".utf8)
    }

    /// Ends with a line end unless it is empty.
    private static func line(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.isEmpty || text.last == YAMLText.newline ? text : text + [YAMLText.newline]
    }
}

/// One stage in three versions of a lock file.
private struct Sides {
    enum Outcome {
        case ours, theirs, gone, conflict
    }

    let theirs: LockedStage?
    let outcome: Outcome

    /// Compared by what they say, not by their text.
    init(
        _ name: String,
        _ old: LockFile,
        _ mine: LockFile,
        _ other: LockFile
    ) throws(FormatError) {
        let before = try old.stage(named: name)
        let ours = try mine.stage(named: name)
        theirs = try other.stage(named: name)
        if ours == theirs || theirs == before {
            outcome = .ours
        } else if ours == before {
            outcome = theirs == nil ? .gone : .theirs
        } else {
            outcome = .conflict
        }
    }
}
