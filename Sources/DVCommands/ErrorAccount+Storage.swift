import DVRemotes

extension ErrorAccount {
    init(_ error: StorageError) {
        let place = error.address.withoutPasswords
        switch error.reason {
        case .unreachable(let why):
            self.init(
                "\(place) cannot be reached: \(why)",
                hint: "check the address and the network"
            )
        case .notConnected(let why):
            self.init("\(place) cannot be reached: \(why)", hint: "try: ssh <host>")
        case .interrupted(let why):
            self.init(
                "\(place): \(why)",
                hint: "run the command again: it goes on where it stopped"
            )
        case .busy(let why, _):
            self.init("\(place): \(why)", hint: "run the command again later, or with fewer --jobs")
        case .denied(let why):
            self.init("\(place): access denied: \(why)", hint: "check the remote's credentials")
        case .untrusted(let why):
            self.init(
                "\(place) cannot be trusted: \(why)",
                hint: "name the certificate of its authority with the option ssl_verify"
            )
        case .full(let why): self.init("\(place) has no room: \(why)")
        case .misconfigured(let why):
            self.init(
                "\(place): \(why)",
                hint: "dvswift remote modify --help",
                status: .configuration
            )
        case .unsupported(let why): self.init("\(place): \(why)")
        case .notInstalled(let why, let package):
            self.init("\(place): \(why)", hint: "on Debian: apt install \(package)")
        case .refused(let why): self.init("\(place): \(why)")
        }
    }
}
