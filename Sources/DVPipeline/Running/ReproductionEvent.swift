/// What happens to the stages of a plan, when it happens; told on the thread of the stage.
package enum ReproductionEvent: Sendable {
    case started(Stage)
    /// Why the stage is not up to date; only if explanations are wanted.
    case stale(Explanation)
    /// A line of the stage's command is about to run.
    case command(Stage, line: String)
    /// A command failed and will be run again.
    case retrying(Stage, any Error, attemptsLeft: Int)
    case finished(ReproductionReport.Entry)
}
