import Glibc

/// Maps numbers to a line of so many pixels, with round numbers on it.
struct AxisScale: Sendable {
    let lower: Double
    let upper: Double
    let ticks: [Double]
    /// From one round number to the next; of a logarithmic scale, in powers of ten.
    let step: Double
    /// Whether equal factors have equal lengths; `lower` and `upper` are powers of ten then.
    private let isLogarithmic: Bool

    /// Spans all finite `values`; up to about `count` ticks.
    init(_ values: [Double], includesZero: Bool = false, count: Int = 8) {
        let finite = values.filter(\.isFinite) + (includesZero ? [0] : [])
        var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        if low == high {
            let room = low == 0 ? 1 : low.magnitude / 10
            (low, high) = (low - room, high + room)
        }
        isLogarithmic = false
        let span = high / 2 - low / 2
        step = Self.niceStep(span.isFinite ? span / Double(count) * 2 : 1)
        // What is beyond a round number by an error of arithmetic is on it.
        lower = (low / step + 1e-9).rounded(.down) * step
        upper = (high / step - 1e-9).rounded(.up) * step
        let steps = Int(exactly: ((upper - lower) / step).rounded()) ?? 1
        let (start, width) = (lower, step)
        ticks = (0...max(1, min(steps, 50))).map { index in
            // Counted, not summed up: 0.1 + 0.2 is not what should stand at an axis.
            ((start / width).rounded() + Double(index)) * width
        }
    }

    /// Equal lengths for equal factors, from one power of ten to another; what is not above zero has no place.
    init(logarithmic values: [Double]) {
        isLogarithmic = true
        let powers = values.filter { $0.isFinite && $0 > 0 }.map { log10($0) }
        lower = ((powers.min() ?? 0) + 1e-9).rounded(.down)
        upper = max(lower + 1, ((powers.max() ?? 1) - 1e-9).rounded(.up))
        step = max(1, ((upper - lower) / 8).rounded(.up))
        ticks = stride(from: lower, through: upper, by: step).map { power in
            let size = Self.powerOfTen(Int(power.magnitude))
            return power < 0 ? 1 / size : size
        }
    }

    /// 1, 2 or 5 with zeros, not below `size`.
    private static func niceStep(_ size: Double) -> Double {
        guard size.isFinite, size > .leastNormalMagnitude else { return 1 }
        var power = 0
        while power < 308, powerOfTen(power + 1) <= size { power += 1 }
        while power > -307, powerOfTen(power) > size { power -= 1 }
        for factor in [1.0, 2, 5] where multiple(factor, power) >= size * (1 - 1e-9) {
            return multiple(factor, power)
        }
        return multiple(10, power)
    }

    private static func multiple(_ factor: Double, _ power: Int) -> Double {
        power < 0 ? factor / powerOfTen(-power) : factor * powerOfTen(power)
    }

    private static func powerOfTen(_ power: Int) -> Double {
        var result = 1.0
        for _ in 0..<power.magnitude { result *= 10 }
        return power < 0 ? 1 / result : result
    }

    /// From 0 to `length`; not a number for what has no place.
    func position(_ value: Double, length: Double) -> Double {
        let value = isLogarithmic ? log10(value) : value
        return (value - lower) / (upper - lower) * length
    }

    func label(_ tick: Double) -> String {
        if isLogarithmic {
            let text = PythonFloat.text(tick)
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        if tick.magnitude >= 1e6 || (step < 1e-4 && tick != 0) {
            return PythonFloat.text(tick).replacing(".0e", with: "e")
        }
        var decimals = 0
        while decimals < 6, !Self.isWhole(step * Self.powerOfTen(decimals)) { decimals += 1 }
        return SVGNumber.text(tick, decimals: decimals, isPadded: true)
    }

    private static func isWhole(_ value: Double) -> Bool {
        (value - value.rounded()).magnitude < 1e-6
    }
}

/// Numbers as SVG and labels write them.
enum SVGNumber {
    /// Rounded to so many decimals; zeros at the end only if `isPadded`.
    static func text(_ value: Double, decimals: Int = 2, isPadded: Bool = false) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        guard let whole = Int(exactly: (value * scale).rounded()) else {
            return PythonFloat.text(value)
        }
        let digits = String(whole.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = padded.suffix(decimals)
        while !isPadded, fraction.last == "0" { fraction.removeLast() }
        let sign = whole < 0 ? "-" : ""
        return sign + padded.dropLast(decimals) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
