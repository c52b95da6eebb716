import DVFormats

/// What a stage needs of the machine while it runs: `meta: {dvswift: {mutex: [gpu], resources: {memory: 8}}}`.
///
/// It lives in `meta`, where DVC lets anything stand. Names are compared without case, as those of settings.
package struct StageClaims: Hashable, Sendable {
    /// No two stages that run have one of these in common.
    package private(set) var mutexes: Set<String> = []
    /// Amounts, which add up over the stages that run.
    package private(set) var resources: [String: Double] = [:]

    package static let none = StageClaims()

    private init() {}

    /// Throws `ClaimError.invalid` if what stands there is not of this form.
    package init(of stage: Stage) throws(ClaimError) {
        guard let claims = stage.meta?["dvswift"] else { return }
        guard case .mapping(let fields) = claims else {
            throw .invalid(stage, "'meta.dvswift' is not a mapping with 'mutex' and 'resources'")
        }
        for field in fields {
            switch field.key {
            case "mutex": mutexes = try Self.names(field.value, stage)
            case "resources": resources = try Self.amounts(field.value, stage)
            default:
                throw .invalid(
                    stage,
                    "'meta.dvswift.\(field.key)' is not known; there are 'mutex' and 'resources'"
                )
            }
        }
    }

    /// Throws `ClaimError.beyondLimit` if the stage could never run.
    package func check(_ stage: Stage, limits: [String: Double]) throws(ClaimError) {
        for (name, amount) in resources.sorted(by: { $0.key < $1.key }) {
            guard let limit = limits[name], amount > limit else { continue }
            throw .beyondLimit(stage, resource: name, amount: amount, limit: limit)
        }
    }

    private static func names(_ value: DataValue, _ stage: Stage) throws(ClaimError) -> Set<String>
    {
        switch value {
        case .string(let name): return [name.lowercased()]
        case .list(let items):
            var names: Set<String> = []
            for item in items {
                guard case .string(let name) = item else {
                    throw .invalid(stage, "'meta.dvswift.mutex' has something that is not a name")
                }
                names.insert(name.lowercased())
            }
            return names
        default: throw .invalid(stage, "'meta.dvswift.mutex' is not a list of names")
        }
    }

    private static func amounts(
        _ value: DataValue,
        _ stage: Stage
    ) throws(ClaimError) -> [String: Double] {
        guard case .mapping(let fields) = value else {
            throw .invalid(stage, "'meta.dvswift.resources' is not a mapping of names to amounts")
        }
        var amounts: [String: Double] = [:]
        for field in fields {
            let amount: Double? =
                switch field.value {
                case .integer(let number): Double(number)
                case .float(let number): number
                default: nil
                }
            guard let amount, amount >= 0, amount.isFinite else {
                throw .invalid(
                    stage,
                    "'meta.dvswift.resources.\(field.key)' is not a number of at least 0"
                )
            }
            amounts[field.key.lowercased()] = amount
        }
        return amounts
    }
}

/// Why a stage can never run, found before anything runs.
package enum ClaimError: Error, Hashable, Sendable {
    /// What `meta.dvswift` says cannot be understood.
    case invalid(Stage, String)
    case beyondLimit(Stage, resource: String, amount: Double, limit: Double)
}

extension DataValue {
    fileprivate subscript(key: String) -> DataValue? {
        guard case .mapping(let fields) = self else { return nil }
        return fields.first { $0.key == key }?.value
    }
}
