import DVSystem
import Glibc

/// Ports for servers that cannot choose one themselves.
enum FreePort {
    /// A port of 127.0.0.1 that nobody uses now, below those that the kernel gives to clients.
    static func next() throws -> Int {
        for _ in 0..<400 {
            let port = Int.random(in: 20_000..<32_000)
            if isFree(port) { return port }
        }
        throw SystemError("find", "a free port", code: .addressInUse)
    }

    private static func isFree(_ port: Int) -> Bool {
        // A child that another thread starts meanwhile must not hold the port.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let socket = socket(AF_INET, kind, 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0
            }
        }
    }
}
