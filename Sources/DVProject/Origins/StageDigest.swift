import DVFormats
import DVHashing
import DVPipeline
import DVReporting

extension PointerFile {
    /// With the `md5` that DVC gives the file of an import, by which it sees later that somebody edited it.
    func withStageDigest() -> PointerFile {
        var pointer = self
        pointer.stageDigest = computedStageDigest
        return pointer
    }

    private var computedStageDigest: String { Self.digest(of: stageContent) }

    /// The text of a file that exists, with the changes; that of an import with the digest that belongs to them.
    func serializedWithDigest(updating text: [UInt8], file: String) throws -> [UInt8] {
        let bytes = try serialized(updating: text, file: file)
        guard !dependencies.isEmpty, stageDigest != nil, bytes != text else { return bytes }
        var pointer = self
        pointer.stageDigest = Self.digest(of: try Self.stageContent(of: bytes, file: file))
        return try pointer.serialized(updating: text, file: file)
    }

    /// Whether the file of an import was edited since it was written, or was never complete.
    func isEdited(text: [UInt8], file: String) throws -> Bool {
        guard !dependencies.isEmpty, stageDigest != computedStageDigest else { return false }
        return stageDigest != Self.digest(of: try Self.stageContent(of: text, file: file))
    }

    private static func digest(of content: DataValue) -> String {
        let text = JSONValue(content).serialized(sortingKeys: true)
        return Digest(of: Array(text.utf8)).hex
    }
}
