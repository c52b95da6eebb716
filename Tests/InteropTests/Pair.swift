import DVTestSupport

/// Who makes a project, and who uses it in another clone.
struct Pair: Sendable, CustomStringConvertible {
    let maker: Tool
    let user: Tool

    /// The reference that all others are compared with.
    static let dvcAlone = Pair(maker: .dvc, user: .dvc)

    static let all = [
        Pair(maker: .dvc, user: .dvswift),
        Pair(maker: .dvswift, user: .dvc),
        Pair(maker: .dvswift, user: .dvswift),
    ]

    var description: String { "made by \(maker), used by \(user)" }
}
