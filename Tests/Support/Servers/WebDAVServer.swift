import DVSystem
import Glibc

/// nginx: WebDAV with a password or a token, files to read with a listing in JSON, all of it also over TLS.
package final class WebDAVServer: Sendable {
    /// The one of this process; its data is shared, so every test takes a folder of its own.
    package static let shared = Result { try WebDAVServer() }

    /// What all addresses show.
    package let root: AbsolutePath
    /// What clients have to trust.
    package let certificate: TestCertificate
    package let user = "dv"
    package let password = "correct horse"
    package let token = "battery-staple"
    private let server: LoopbackServer
    private let securePort: Int
    private let folder: ServerFolder

    package init() throws {
        let folder = try ServerFolder()
        self.folder = folder
        root = try folder.folder("root")
        certificate = try TestCertificate(in: folder.path)
        let hash = try folder.run(["openssl", "passwd", "-apr1", password])
        try folder.write("\(user):\(hash)", to: "passwords")
        for name in ["body", "proxy", "fcgi", "uwsgi", "scgi"] { _ = try folder.folder(name) }
        var securePort = 0
        let (root, certificate, token) = (root, certificate, token)
        server = try LoopbackServer.running { port in
            securePort = try FreePort.next()
            try folder.write(
                Self.settings(folder.path, [port, securePort], certificate, token, root),
                to: "nginx.conf"
            )
            let path = folder.path.string
            return ["/usr/sbin/nginx", "-p", path, "-c", "\(path)/nginx.conf", "-e", "\(path)/log"]
        }
        self.securePort = securePort
    }

    /// Where reading and writing needs user and password.
    package var url: String { "http://127.0.0.1:\(server.port)/dav" }
    package var secureURL: String { "https://localhost:\(securePort)/dav" }
    /// Where it needs `Authorization: Bearer` and the token.
    package var tokenURL: String { "http://127.0.0.1:\(server.port)/token" }
    /// Where it needs the header `X-Access` with the token.
    package var headerURL: String { "http://127.0.0.1:\(server.port)/header" }
    /// Where it needs a certificate of the client; any will do, such as the server's own.
    package var certifiedURL: String { "https://localhost:\(securePort)/certified" }
    /// Where everybody may read; folders give a listing in JSON.
    package var readOnlyURL: String { "http://127.0.0.1:\(server.port)/files" }
    package var secureReadOnlyURL: String { "https://localhost:\(securePort)/files" }

    package var port: Int { server.port }

    /// Ends the server and all connections now.
    package func stop() { server.stop() }

    private static func settings(
        _ folder: AbsolutePath,
        _ ports: [Int],
        _ certificate: TestCertificate,
        _ token: String,
        _ root: AbsolutePath
    ) -> String {
        """
        load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
        \(geteuid() == 0 ? "user root;" : "")
        daemon off;
        worker_processes 1;
        pid \(folder)/pid;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
          fastcgi_temp_path \(folder)/fcgi; uwsgi_temp_path \(folder)/uwsgi;
          scgi_temp_path \(folder)/scgi;
          dav_ext_lock_zone zone=locks:1m;
          client_max_body_size 0;
          default_type application/octet-stream;
          server {
            listen 127.0.0.1:\(ports[0]);
            listen 127.0.0.1:\(ports[1]) ssl;
            ssl_certificate \(certificate.file);
            ssl_certificate_key \(certificate.key);
            ssl_verify_client optional_no_ca;
            dav_methods PUT DELETE MKCOL COPY MOVE;
            dav_ext_methods PROPFIND OPTIONS LOCK UNLOCK;
            dav_ext_lock zone=locks;
            create_full_put_path on;
            location /files/ {
              alias \(root)/; autoindex on; autoindex_format json; dav_methods off; dav_ext_methods off;
            }
            location /dav/ {
              alias \(root)/; auth_basic dv; auth_basic_user_file \(folder)/passwords;
            }
            location /token/ {
              if ($http_authorization != "Bearer \(token)") { return 401; }
              alias \(root)/;
            }
            location /header/ {
              if ($http_x_access != "\(token)") { return 401; }
              alias \(root)/;
            }
            location /certified/ {
              if ($ssl_client_verify = NONE) { return 403; }
              alias \(root)/;
            }
          }
        }

        """
    }
}
