/// Visits nodes depth first without recursion, and lists them when all they lead to has been listed.
struct DepthFirstSearch {
    private enum Mark { case new, active, done }

    /// Finished nodes, needed ones before those that need them.
    private(set) var postorder: [Int] = []
    /// The first cycle met, from the node that closes it.
    private(set) var cycle: [Int]?
    private var marks: [Mark]
    private let isFindingCycles: Bool

    init(count: Int, isFindingCycles: Bool = false) {
        marks = Array(repeating: .new, count: count)
        self.isFindingCycles = isFindingCycles
    }

    mutating func visit(from start: Int, next: (Int) -> [Int]) {
        guard marks[start] == .new else { return }
        marks[start] = .active
        var path = [(node: start, rest: next(start)[...])]
        while let current = path.last {
            guard let child = path[path.count - 1].rest.popFirst() else {
                marks[current.node] = .done
                postorder.append(current.node)
                path.removeLast()
                continue
            }
            if marks[child] == .new {
                marks[child] = .active
                path.append((child, next(child)[...]))
            } else if isFindingCycles, cycle == nil, marks[child] == .active {
                cycle = path.map(\.node).drop { $0 != child }.map(\.self)
            }
        }
    }
}
