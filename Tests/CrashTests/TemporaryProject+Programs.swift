import DVSystem
import DVTestSupport
import Glibc

extension TemporaryProject {
    /// Waits until no program works in the project: the command of a stage outlives a killed dvswift.
    func waitForPrograms() throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !programs().isEmpty {
            guard ContinuousClock.now < deadline else {
                throw StillWorking(programs: try programs())
            }
            usleep(5000)
        }
    }

    /// The process ids of programs whose working directory is the root.
    private func programs() throws -> [String] {
        let processes = AbsolutePath.root.appending("proc")
        return try processes.childNames().map(\.string).filter { name in
            guard name.allSatisfy(\.isNumber) else { return false }
            do {
                let directory = try processes.appending(name + "/cwd").symbolicLinkTarget()
                return AbsolutePath(directory) == root
            } catch {
                // It has ended, or belongs to somebody else.
                return false
            }
        }
    }

    struct StillWorking: Error {
        let programs: [String]
    }
}
