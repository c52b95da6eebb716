import Clibgit2
import DVSystem

/// `git_transport_cb`; the parameter is the visit.
func makeSSHTransport(
    _ transport: UnsafeMutablePointer<UnsafeMutablePointer<git_transport>?>?,
    _ owner: OpaquePointer?,
    _ visit: UnsafeMutableRawPointer?
) -> Int32 {
    var definition = git_smart_subtransport_definition(
        callback: makeSubtransport,
        rpc: 0,
        param: visit
    )
    return git_transport_smart(transport, owner, &definition)
}

/// `git_smart_subtransport_cb`.
private func makeSubtransport(
    _ made: UnsafeMutablePointer<UnsafeMutablePointer<git_smart_subtransport>?>?,
    _ owner: UnsafeMutablePointer<git_transport>?,
    _ visit: UnsafeMutableRawPointer?
) -> Int32 {
    guard let made, let visit,
        let ssh = Unmanaged<RemoteVisit>.fromOpaque(visit).takeUnretainedValue().ssh
    else { return GIT_ERROR.rawValue }
    let subtransport = UnsafeMutablePointer<dv_git_subtransport>.allocate(capacity: 1)
    let base = git_smart_subtransport(
        action: openStream,
        close: { subtransport in
            sshTransport(of: subtransport)?.disconnect()
            return 0
        },
        free: { subtransport in
            let context = UnsafeMutableRawPointer(subtransport)?
                .load(as: dv_git_subtransport.self).context
            context.map { Unmanaged<SSHTransport>.fromOpaque($0).release() }
            UnsafeMutableRawPointer(subtransport)?.deallocate()
        }
    )
    // libgit2 keeps the transport until the remote is freed.
    let context = Unmanaged.passRetained(ssh).toOpaque()
    subtransport.initialize(to: dv_git_subtransport(base: base, context: context))
    made.pointee = UnsafeMutableRawPointer(subtransport)
        .assumingMemoryBound(to: git_smart_subtransport.self)
    return 0
}

private func sshTransport(of subtransport: UnsafeMutablePointer<git_smart_subtransport>?)
    -> SSHTransport?
{
    sshTransport(
        at: UnsafeMutableRawPointer(subtransport)?.load(as: dv_git_subtransport.self).context
    )
}

private func sshTransport(of stream: UnsafeMutablePointer<git_smart_subtransport_stream>?)
    -> SSHTransport?
{
    sshTransport(at: UnsafeMutableRawPointer(stream)?.load(as: dv_git_stream.self).context)
}

private func sshTransport(at context: UnsafeMutableRawPointer?) -> SSHTransport? {
    context.map { Unmanaged<SSHTransport>.fromOpaque($0).takeUnretainedValue() }
}

/// One stream serves both steps of a fetch: libgit2 asks for it when it lists and when it negotiates.
private func openStream(
    _ made: UnsafeMutablePointer<UnsafeMutablePointer<git_smart_subtransport_stream>?>?,
    _ subtransport: UnsafeMutablePointer<git_smart_subtransport>?,
    _ url: UnsafePointer<CChar>?,
    _ action: git_smart_service_t
) -> Int32 {
    guard let made, let transport = sshTransport(of: subtransport),
        action == GIT_SERVICE_UPLOADPACK_LS || action == GIT_SERVICE_UPLOADPACK
    else { return GIT_ERROR.rawValue }
    let code = transport.attempt { _ in }
    guard code == 0 else { return code }
    if let stream = transport.stream {
        made.pointee = stream
        return 0
    }
    let stream = UnsafeMutablePointer<dv_git_stream>.allocate(capacity: 1)
    let base = git_smart_subtransport_stream(
        subtransport: subtransport,
        read: readStream,
        write: { stream, bytes, count in
            guard let transport = sshTransport(of: stream) else { return GIT_ERROR.rawValue }
            return transport.attempt {
                try $0.write(UnsafeRawBufferPointer(start: bytes, count: count))
            }
        },
        free: { stream in
            sshTransport(of: stream)?.stream = nil
            UnsafeMutableRawPointer(stream)?.deallocate()
        }
    )
    // The stream goes before its transport.
    let context = Unmanaged.passUnretained(transport).toOpaque()
    stream.initialize(to: dv_git_stream(base: base, context: context))
    transport.stream = UnsafeMutableRawPointer(stream)
        .assumingMemoryBound(to: git_smart_subtransport_stream.self)
    made.pointee = transport.stream
    return 0
}

private func readStream(
    _ stream: UnsafeMutablePointer<git_smart_subtransport_stream>?,
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ capacity: Int,
    _ count: UnsafeMutablePointer<Int>?
) -> Int32 {
    guard let transport = sshTransport(of: stream), let count else { return GIT_ERROR.rawValue }
    return transport.attempt { connection in
        count.pointee = try connection.read(
            into: UnsafeMutableRawBufferPointer(start: buffer, count: capacity)
        )
    }
}
