import CXXHash

/// A value by which content is recognised that was verified before: XXH3 of 128 bits under a secret.
///
/// It takes a tenth of the time of MD5. It names nothing, and nobody without the secret can make content to match it.
package struct ContentCheck: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// What check values are computed with.
package struct CheckSecret: Hashable, Sendable {
    /// XXH3's own size of a secret.
    package static let length = 192

    package let bytes: [UInt8]

    /// Nil unless there are exactly so many.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    /// A new one of the kernel's random numbers.
    package init() {
        var source = SystemRandomNumberGenerator()
        bytes = (0..<Self.length).map { _ in UInt8.random(in: 0...255, using: &source) }
    }

    package func check(of content: UnsafeRawBufferPointer) -> ContentCheck {
        let value = XXH3_128bits_withSecret(
            content.baseAddress,
            content.count,
            bytes,
            bytes.count
        )
        return ContentCheck(high: value.high64, low: value.low64)
    }

    package func check(of content: [UInt8]) -> ContentCheck {
        content.withUnsafeBytes { check(of: $0) }
    }
}
