/// What a picture says of a stage; the more a user should look at, the greater.
package enum StageState: Int, CaseIterable, Comparable, Sendable {
    case upToDate
    case frozen
    /// As it was, but it reads what a stage above writes that is not up to date.
    case pending
    case changed
    /// Not up to date, and its last run failed.
    case failed

    package static func < (left: StageState, right: StageState) -> Bool {
        left.rawValue < right.rawValue
    }

    /// `explanation` nil for a stage that is up to date.
    package init(_ stage: Stage, _ explanation: Explanation?, hasFailed: Bool) {
        switch explanation {
        case _ where stage.isFrozen: self = .frozen
        case nil: self = .upToDate
        case _? where hasFailed: self = .failed
        case let explanation?: self = explanation.reasons.isEmpty ? .pending : .changed
        }
    }
}
