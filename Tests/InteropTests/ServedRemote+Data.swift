import DVSystem
import DVTestSupport

/// Data on the servers, put there by others than the tools that are tested.
extension ServedRemote {
    /// Those that DVC imports from; what nginx says of WebDAV files is too little for it.
    static let importable: [ServedRemote] = [.s3, .ssh, .http]

    /// Whether it tells what a folder holds.
    var isListing: Bool { self != .http && self != .https }

    /// Puts a file at `name` below the address of a place that `makePlace` gave.
    func put(_ text: String, at name: String, of place: Place, for project: TemporaryProject) throws
    {
        if let folder = place.folder {
            return try project.write(text, to: folder.appending(name).string)
        }
        let path = place.url.dropFirst("s3://".count)
        let bucket = path.prefix { $0 != "/" }
        let key = "\(path.dropFirst(bucket.count + 1))/\(name)"
        try CephGateway.shared.get().account.put(text, as: key, in: String(bucket))
    }
}

/// A project that both tools use, with some kind of server as the remote `served`, and data there.
struct ServedData {
    let project: TemporaryProject
    let kind: ServedRemote
    private let place: ServedRemote.Place

    init(_ kind: ServedRemote) throws {
        self.kind = kind
        project = try TemporaryProject()
        try project.run(.dvswift, "config", "--unset", "core.autostage")
        place = try kind.makePlace(for: project)
        try project.run(.dvswift, "remote", "add", "served", place.url)
        for (name, value, _) in place.options {
            try project.run(.dvswift, "remote", "modify", "--local", "served", name, value)
        }
        try project.run(.dvswift, "remote", "add", "--default", "store", project.remote.string)
        try put("one\n", at: "raw/a")
        try put("two\n", at: "raw/dir/b")
        try put("three\n", at: "raw/dir/deep/c")
    }

    func put(_ text: String, at name: String) throws {
        try kind.put(text, at: name, of: place, for: project)
    }

    func attempt(_ tool: Tool, _ arguments: String...) throws -> ProgramResult {
        try project.attempt(tool, arguments, adding: place.variables)
    }

    @discardableResult
    func run(_ tool: Tool, _ arguments: String...) throws -> String { try run(tool, arguments) }

    @discardableResult
    func run(_ tool: Tool, _ arguments: [String]) throws -> String {
        try project.attempt(tool, arguments, adding: place.variables).checkingSuccess().output
    }

    /// The text of a file, which is gone afterwards.
    func take(_ name: String) throws -> String {
        let text = try project.text(of: name)
        try project.remove(name)
        return text
    }
}
