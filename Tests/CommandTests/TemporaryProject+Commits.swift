import DVSystem
import DVTestSupport

extension TemporaryProject {
    /// Commits everything.
    func commit(_ message: String) throws {
        try run(.git, "add", "--all")
        try run(.git, "commit", "--quiet", "--message", message)
    }

    /// Runs Git, whose hooks and merge drivers find dvswift.
    func git(_ arguments: String..., in folder: String = ".") throws -> ProgramResult {
        try attempt(.git, arguments, in: folder, adding: pathToDVSwift())
    }

    /// The variable by which other programs find dvswift.
    func pathToDVSwift() throws -> [String: String] {
        let program = AbsolutePath(try Tool.dvswift.program, relativeTo: root)
        let path = ProcessEnvironment.current()["PATH"] ?? ""
        return ["PATH": "\(program.parent):\(path)"]
    }
}
