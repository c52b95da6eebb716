/// How a recorded digest was computed, which also decides where its object lives in a cache.
package enum HashScheme: Hashable, Sendable {
    /// `hash: md5`, DVC 3: the MD5 of the bytes; objects under `files/md5/`.
    case md5
    /// No `hash` key, DVC 2: the MD5 after turning CRLF into LF in text files; objects directly in the cache folder.
    case md5DOS2Unix
}
