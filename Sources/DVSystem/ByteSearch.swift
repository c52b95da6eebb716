import CLinux

extension Array where Element == UInt8 {
    /// Whether these bytes stand somewhere among `bytes`.
    package func occurs(in bytes: some Collection<UInt8>) -> Bool {
        let found = bytes.withContiguousStorageIfAvailable { text in
            withUnsafeBytes {
                clinux_contains(text.baseAddress, text.count, $0.baseAddress, $0.count) != 0
            }
        }
        return found ?? occurs(in: Array(bytes))
    }
}
