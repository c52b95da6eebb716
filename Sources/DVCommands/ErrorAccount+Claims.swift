import DVPipeline

extension ErrorAccount {
    init(_ error: ClaimError) {
        switch error {
        case .invalid(let stage, let problem):
            self.init(
                "stage '\(stage.address)': \(problem); nothing was run",
                hint: "meta: {dvswift: {mutex: [gpu], resources: {memory: 8}}}"
            )
        case .beyondLimit(let stage, let resource, let amount, let limit):
            self.init(
                "stage '\(stage.address)' needs \(Self.text(amount)) of '\(resource)', but the limit is \(Self.text(limit)); nothing was run",
                hint: "dvswift config resources.\(resource) \(Self.text(amount))"
            )
        }
    }

    private static func text(_ amount: Double) -> String {
        Int(exactly: amount).map { "\($0)" } ?? "\(amount)"
    }
}
