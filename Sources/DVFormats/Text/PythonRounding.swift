import Glibc

/// Python's `round(value, digits)`: to the nearest decimal, from the exact value of the float.
package enum PythonRounding {
    package static func rounded(_ value: Double, digits: Int) -> Double {
        guard value.isFinite, digits <= 323 else { return value }
        guard digits >= 0 else { return roundedToTens(value, zeros: -digits) }
        // From here on there is no fraction.
        guard value.magnitude < 0x1p52 else { return value }
        var text = [CChar](repeating: 0, count: 32 + digits)
        let count = withVaList([Int32(truncatingIfNeeded: digits), value]) {
            vsnprintf(&text, text.count, "%.*f", $0)
        }
        guard count > 0, count < text.count else { return value }
        return strtod(text, nil)
    }

    private static func roundedToTens(_ value: Double, zeros: Int) -> Double {
        guard zeros <= 308 else { return 0 * value }
        let unit = pow(10, Double(zeros))
        return (value / unit).rounded(.toNearestOrEven) * unit
    }
}
