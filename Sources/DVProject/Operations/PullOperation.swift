import DVSystem
import DVWorkspace

/// What a pull did.
package struct PullReport: Sendable {
    package let fetched: Int
    package let checkout: CheckoutReport
}

/// A fetch followed by a checkout.
package struct PullOperation {
    private let fetch: FetchOperation
    private let checkout: CheckoutOperation

    package init(
        selection: TargetSelection,
        remote: String?,
        jobs: Int?,
        checkout options: CheckoutOptions
    ) {
        fetch = FetchOperation(selection: selection, remote: remote, jobs: jobs)
        checkout = CheckoutOperation(selection: selection, options: options)
    }

    package func run(in project: Project) throws -> PullReport {
        let count = try fetch.run(in: project)
        return PullReport(fetched: count.transferred, checkout: try checkout.run(in: project))
    }
}
