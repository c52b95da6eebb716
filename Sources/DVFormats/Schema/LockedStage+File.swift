/// A record of a stage that is a file of its own: an entry of the run cache.
extension LockedStage {
    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        let document = try YAMLDocument(parsing: bytes, file: file)
        guard let root = document.root else {
            throw FormatError(file: file, line: 1, problem: "the file is empty")
        }
        self = try LockSchema.stage(SchemaReader(root, file: file))
    }

    package func serialized() -> [UInt8] {
        fields.flatMap { YAMLEmitter.entry($0.key, $0.value, indent: 0) }
    }

    /// What `dvc.lock` has below the name of the stage, in its order.
    package var fields: [(key: String, value: DataValue)] {
        guard case .mapping(let pairs) = written(keeping: nil) else { return [] }
        return pairs
    }
}
