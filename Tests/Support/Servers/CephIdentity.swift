import DVSystem

/// What makes a cluster one: settings and names of its monitor and its store.
struct CephIdentity {
    private let cluster: String
    private let store: String

    init() throws {
        (cluster, store) = (try Self.newName(), try Self.newName())
    }

    private static func newName() throws -> String {
        let file = AbsolutePath("/proc/sys/kernel/random/uuid") ?? .root
        return String(decoding: try file.readBytes().dropLast(), as: UTF8.self)
    }

    /// Writes the settings and an empty monitor; gives back how to run it.
    func makeMonitor(in folder: ServerFolder, port: Int) throws -> [String] {
        let path = folder.path.string
        try folder.write(settings(path, port), to: "ceph.conf")
        try folder.appending("ceph/mon").removeTree()
        _ = try folder.folder("ceph/mon")
        let address = "[v2:127.0.0.1:\(port)/0]"
        try folder.run([
            "monmaptool", "--create", "--clobber", "--fsid", cluster, "--addv", "a", address,
            "\(path)/ceph/monmap",
        ])
        let program = ["ceph-mon", "-c", "\(path)/ceph.conf", "-i", "a"]
        try folder.run(program + ["--mkfs", "--monmap", "\(path)/ceph/monmap"])
        return program + ["-f"]
    }

    /// Makes an empty store that the monitor knows; gives back how to run it.
    func makeStore(in folder: ServerFolder) throws -> [String] {
        let settings = "\(folder.path)/ceph.conf"
        try folder.run(["ceph", "-c", settings, "osd", "new", store])
        let program = ["ceph-osd", "-c", settings, "-i", "0"]
        // With another name than the monitor's the store would boot for ever.
        try folder.run(program + ["--mkfs", "--osd-uuid", store])
        return program + ["-f"]
    }

    /// Without keys among themselves; the gateway would then ask for an encrypted monitor, which it cannot have.
    private func settings(_ path: String, _ port: Int) -> String {
        """
        [global]
        fsid = \(cluster)
        mon host = [v2:127.0.0.1:\(port)/0]
        mon initial members = a
        public addr = 127.0.0.1
        cluster addr = 127.0.0.1
        auth cluster required = none
        auth service required = none
        auth client required = none
        ms mon client mode = crc
        ms bind ipv6 = false
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 8
        osd pool default pgp num = 8
        osd pool default pg autoscale mode = off
        osd crush chooseleaf type = 0
        mon allow pool size one = true
        mon max pg per osd = 1000
        mon data avail warn = 1
        mon data avail crit = 1
        run dir = \(path)/ceph/run
        crash dir = \(path)/ceph/run
        admin socket = \(path)/ceph/run/$name.asok
        pid file = \(path)/ceph/run/$name.pid
        log file = \(path)/ceph/log/$name.log
        [mon.a]
        mon data = \(path)/ceph/mon
        [osd.0]
        osd data = \(path)/ceph/osd
        osd objectstore = memstore
        memstore device bytes = 2147483648
        [client.rgw.a]
        rgw data = \(path)/ceph/rgw
        rgw crypt require ssl = false
        rgw sts key = 0123456789abcdef
        rgw s3 auth use sts = true

        """
    }
}
