/// Going on with what broke off.
extension LargeUploads {
    /// The last unfinished upload of a key and the parts of it that the server has.
    func resume(
        _ key: [UInt8],
        _ client: S3Client
    ) throws -> (id: String, parts: [Int: String])? {
        let name = String(decoding: key, as: UTF8.self)
        var request = S3Client.Request("GET")
        request.query = [("prefix", name), ("uploads", "")]
        let response = try client.send(request, accepting: [403, 404, 405, 501])
        // Not allowed, or not offered: begin anew.
        guard response.isSuccess, let answer = XMLElement.parse(try response.bytes()) else {
            return nil
        }
        let uploads = answer.all("Upload").filter { $0["Key"]?.text == name }
        guard let id = uploads.last?["UploadId"]?.text else { return nil }
        return (id, try parts(of: id, key, client))
    }

    private func parts(
        of id: String,
        _ key: [UInt8],
        _ client: S3Client
    ) throws -> [Int: String] {
        var parts: [Int: String] = [:]
        var marker: String?
        repeat {
            var request = S3Client.Request("GET", key)
            request.query = [("uploadId", id)]
            if let marker { request.query.append(("part-number-marker", marker)) }
            guard let answer = XMLElement.parse(try client.send(request).bytes()) else { break }
            for part in answer.all("Part") {
                guard let number = part["PartNumber"].flatMap({ Int($0.text) }),
                    let tag = part["ETag"]?.text.trimmed(of: "\"")
                else { continue }
                parts[number] = tag
            }
            let isTruncated = answer["IsTruncated"]?.text == "true"
            marker = isTruncated ? answer["NextPartNumberMarker"]?.text : nil
        } while marker != nil
        return parts
    }
}
