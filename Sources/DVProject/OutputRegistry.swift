import DVFormats
import DVHashing
import DVSystem

/// Which outputs dvswift put into this workspace, so that a checkout can remove the data of those that no pointer names
/// any more, after `git checkout` of another branch for example.
///
/// A file of NUL-terminated pairs: object name, path from the root. It is a memory aid: losing it only means that
/// such data stays.
struct OutputRegistry {
    private let file: AbsolutePath
    private let root: AbsolutePath
    private(set) var outputs: [RelativePath: ObjectName]
    private let before: [RelativePath: ObjectName]

    init(of project: Project) throws {
        file = project.dvcDirectory.appending("tmp/dvswift/outputs")
        root = project.root
        outputs = Self.parse(try file.readBytesIfPresent() ?? [])
        before = outputs
    }

    mutating func record(_ name: ObjectName, at path: AbsolutePath) {
        if let relative = path.relative(to: root) { outputs[relative] = name }
    }

    mutating func forget(_ path: AbsolutePath) {
        if let relative = path.relative(to: root) { outputs[relative] = nil }
    }

    func save() throws(SystemError) {
        guard outputs != before else { return }
        var bytes: [UInt8] = []
        for (path, name) in outputs.sorted(by: { $0.key < $1.key }) {
            bytes += Array(name.text.utf8) + [0] + path.bytes + [0]
        }
        try file.parent.makeDirectories()
        try file.replaceContents(with: bytes)
    }

    private static func parse(_ bytes: [UInt8]) -> [RelativePath: ObjectName] {
        let fields = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
        var outputs: [RelativePath: ObjectName] = [:]
        for (name, path) in zip(
            fields.enumerated().filter { $0.offset.isMultiple(of: 2) },
            fields.enumerated().filter { !$0.offset.isMultiple(of: 2) }
        ) {
            guard let object = ObjectName(String(decoding: name.element, as: UTF8.self)),
                let relative = RelativePath(bytes: path.element)
            else { return [:] }
            outputs[relative] = object
        }
        return outputs
    }
}
