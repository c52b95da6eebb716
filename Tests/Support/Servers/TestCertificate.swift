import DVSystem

/// A certificate for `localhost` and 127.0.0.1 that nobody trusts unless told to.
package struct TestCertificate: Sendable {
    /// What a client has to trust.
    package let file: AbsolutePath
    package let key: AbsolutePath
    /// Both in one file.
    package let withKey: AbsolutePath

    /// Written into the folder `certificate` of another one.
    package init(in surroundings: AbsolutePath) throws {
        let folder = surroundings.appending("certificate")
        try folder.makeDirectories()
        file = folder.appending("certificate.pem")
        key = folder.appending("key.pem")
        withKey = folder.appending("both.pem")
        try ProgramResult.running(
            [
                "openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", key.string, "-out", file.string,
            ],
            environment: TestEnvironment(home: folder.appending("home")).entries(),
            in: folder
        ).checkingSuccess()
        try withKey.replaceContents(with: try key.readBytes() + file.readBytes())
    }
}
