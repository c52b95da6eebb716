import DVHashing
import DVObjects
import DVSystem

extension Project {
    /// Brings one object of `output` into the cache if it is not there, under the lock.
    ///
    /// `own` is the remote that its output is bound to, `chosen` the one a user asked for. Throws `ObjectError.missing`
    /// without any remote, and `ProjectError.transferFailed` for `shown`.
    func fetchIfMissing(
        _ name: ObjectName,
        of output: VersionedOutput,
        from own: String?,
        or chosen: String? = nil,
        for shown: String
    ) throws {
        let scheme = output.record.scheme
        let cache = cache(for: scheme)
        guard try !cache.contains(name) else { return }
        do {
            let definition = try settings.remote(own ?? chosen)
            let group = RemoteGroup(
                remote: try definition.open(scheme: scheme, holding: [output]),
                cache: cache,
                groups: []
            )
            try lock.hold {
                var fetch = FetchRun(project: self, remote: chosen, jobs: 1)
                try fetch.fetch([name], from: group)
                try fetch.throwIfIncomplete()
            }
        } catch ProjectError.noRemote {
            throw ObjectError.missing(name)
        } catch ProjectError.transferFailed(let direction, let problems) {
            let named = problems.map {
                TransferProblem(path: shown, name: $0.name, error: $0.error)
            }
            throw ProjectError.transferFailed(direction, named)
        }
    }
}
