import DVFormats
import DVSystem

/// Where data from elsewhere goes, found as DVC finds it.
enum Destination {
    /// `out`, or inside of it if it is a folder; without `out` the name of `source` in the working directory.
    ///
    /// Throws `OriginError.destinationExists` unless `isForced`, if something is there.
    static func path(
        for source: String,
        out: String?,
        isForced: Bool,
        in workingDirectory: AbsolutePath
    ) throws -> AbsolutePath {
        let text = try text(for: source, out: out, in: workingDirectory)
        let path = AbsolutePath(text, relativeTo: workingDirectory)
        if !isForced, let status = try FileStatus.followingIfPresent(path) {
            let shown = text.isEmpty ? "." : text
            throw OriginError.destinationExists(shown, isDirectory: status.isDirectory)
        }
        return path
    }

    /// The same as DVC writes it.
    static func text(
        for source: String,
        out: String?,
        in workingDirectory: AbsolutePath
    ) throws -> String {
        let name = AbsolutePath(Self.path(of: source), relativeTo: .root).name
        guard let out, !out.isEmpty else { return name }
        let path = AbsolutePath(out, relativeTo: workingDirectory)
        let isFolder = try FileStatus.followingIfPresent(path)?.isDirectory == true
        return isFolder ? (out.hasSuffix("/") ? out : out + "/") + name : out
    }

    /// The path of an address, without a query.
    private static func path(of source: String) -> String {
        if source.hasPrefix("rclone:") {
            return source.split(separator: ":", omittingEmptySubsequences: false)
                .dropFirst(2).joined(separator: ":")
        }
        guard let scheme = source.firstRange(of: "://") else { return source }
        let rest = source[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? ""
    }
}
