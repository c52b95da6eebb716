import DVFormats
import DVHashing
import DVReporting

extension PointerFile {
    /// With the `md5` that DVC gives the file of an import, by which it sees later that somebody edited it.
    func withStageDigest() -> PointerFile {
        var pointer = self
        pointer.stageDigest = computedStageDigest
        return pointer
    }

    var computedStageDigest: String {
        let text = JSONValue(stageContent).serialized(sortingKeys: true)
        return Digest(of: Array(text.utf8)).hex
    }
}

extension JSONValue {
    fileprivate init(_ value: DataValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .longInteger(let digits): self = .digits(digits)
        case .float(let number): self = .float(number)
        case .string(let text), .timestamp(let text): self = .string(text)
        case .list(let items): self = .array(items.map { JSONValue($0) })
        case .mapping(let pairs): self = .object(pairs.map { ($0.key, JSONValue($0.value)) })
        case .keyedMapping: self = .null
        }
    }
}
