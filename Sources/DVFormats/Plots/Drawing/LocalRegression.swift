/// Smooths points: a straight line through the nearest ones, of which nearer ones count more, gives each new one.
struct LocalRegression {
    private let points: [(x: Double, y: Double)]
    private let count: Int

    /// `count` of the points are near.
    init(_ points: [(x: Double, y: Double)], count: Int) {
        self.points = points.sorted { $0.x < $1.x }
        self.count = min(count, points.count)
    }

    /// At the places of one of so many points, from the left.
    func smoothed(every step: Int = 1) -> [(x: Double, y: Double)] {
        stride(from: 0, to: points.count, by: step).map { index in
            let start = max(0, min(index - count / 2, points.count - count))
            return Self.value(of: points[start..<start + count], at: points[index].x)
        }
    }

    private static func value(
        of points: ArraySlice<(x: Double, y: Double)>,
        at x: Double
    ) -> (x: Double, y: Double) {
        let reach = max(1e-9, points.map { ($0.x - x).magnitude }.max() ?? 1) * 1.001
        var (weights, meanX, meanY, slope, spread) = (0.0, 0.0, 0.0, 0.0, 0.0)
        let weighted = points.map { point in
            let far = (point.x - x).magnitude / reach
            let near = 1 - far * far * far
            return (point, weight: near * near * near)
        }
        for (point, weight) in weighted {
            weights += weight
            meanX += weight * point.x
            meanY += weight * point.y
        }
        guard weights > 0 else { return (x, points.first?.y ?? 0) }
        (meanX, meanY) = (meanX / weights, meanY / weights)
        for (point, weight) in weighted {
            slope += weight * (point.x - meanX) * (point.y - meanY)
            spread += weight * (point.x - meanX) * (point.x - meanX)
        }
        return (x, meanY + (spread > 1e-9 ? slope / spread * (x - meanX) : 0))
    }
}
