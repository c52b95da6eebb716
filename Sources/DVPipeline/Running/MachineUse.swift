/// What running stages hold of the machine.
struct MachineUse {
    private let limits: [String: Double]
    private var mutexes: Set<String> = []
    private var amounts: [String: Double] = [:]

    init(limits: [String: Double]) {
        self.limits = limits
    }

    /// Whether a stage may start beside those that run.
    func hasRoom(for claims: StageClaims) -> Bool {
        guard mutexes.isDisjoint(with: claims.mutexes) else { return false }
        return claims.resources.allSatisfy { name, amount in
            (limits[name] ?? .infinity) >= amounts[name, default: 0] + amount
        }
    }

    mutating func take(_ claims: StageClaims) {
        mutexes.formUnion(claims.mutexes)
        for (name, amount) in claims.resources { amounts[name, default: 0] += amount }
    }

    mutating func giveBack(_ claims: StageClaims) {
        mutexes.subtract(claims.mutexes)
        for (name, amount) in claims.resources {
            let rest = amounts[name, default: 0] - amount
            // Sums of fractions do not end exactly at 0.
            amounts[name] = rest > 1e-9 ? rest : nil
        }
    }
}
