import DVFormats

/// Stages to be recorded in one `dvc.lock`.
struct LockUpdate: Sendable {
    /// In the order in which they were committed.
    private var stages: [(name: String, stage: LockedStage)] = []

    mutating func set(_ stage: LockedStage, named name: String) {
        stages.removeAll { $0.name == name }
        stages.append((name, stage))
    }

    /// Sets the stages in `lock`; those that are new to it go to its end, and their names are given back.
    func apply(to lock: inout LockFile) throws(FormatError) -> [String] {
        let known = Set(lock.stageNames)
        for (name, stage) in stages { try lock.set(stage, named: name) }
        return stages.map(\.name).filter { !known.contains($0) }
    }
}
