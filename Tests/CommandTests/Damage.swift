import DVSystem
import DVTestSupport

/// Ways in which a disk or a careless user spoils a file.
enum Damage: Int, CaseIterable {
    case flippedBit, truncation, deletion, swap

    /// Damages about a third of the files below `folder`; the same ones for the same seed.
    @discardableResult
    static func some(of folder: AbsolutePath, seed: UInt64) throws -> Int {
        var random = SplitMix(state: seed)
        let files = try TreeSnapshot(of: folder).paths.map { folder.appending($0) }
            .filter { try FileStatus.ifPresent($0)?.isRegular == true }
        let chosen = files.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
        for file in chosen {
            let kind = Damage(rawValue: Int.random(in: 0..<4, using: &random)) ?? .deletion
            try kind.spoil(file, with: files.last { $0 != file }, &random)
        }
        return chosen.count
    }

    /// `other` is what it is swapped with.
    func spoil(
        _ file: AbsolutePath,
        with other: AbsolutePath?,
        _ random: inout SplitMix
    ) throws {
        var bytes = try file.readBytes()
        try file.setPermissions(0o644)
        switch self {
        case .flippedBit:
            guard let place = bytes.indices.randomElement(using: &random) else { return }
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            try file.replaceContents(with: bytes)
        case .truncation:
            try file.replaceContents(with: Array(bytes.dropLast(bytes.count / 2 + 1)))
        case .deletion: try file.removeFile()
        case .swap:
            guard let other, try other.exists() else { return }
            let theirs = try other.readBytes()
            try other.setPermissions(0o644)
            try other.replaceContents(with: bytes)
            try file.replaceContents(with: theirs)
        }
    }
}

extension TemporaryProject {
    /// Three folders of small files and a large one, pushed to the remote `storage`.
    static func pushed() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
        for number in 0..<24 {
            let text = (0..<(number * 40 + 1)).map { "\(number),\($0)\n" }.joined()
            try project.write(text, to: "data/\(number % 3)/\(number).csv")
        }
        try project.write([UInt8](repeating: 7, count: 3_000_000), to: "large.bin")
        try project.run(.dvswift, "add", "-q", "data", "large.bin")
        try project.commit("all")
        try project.run(.dvswift, "push", "-q")
        return project
    }
}
