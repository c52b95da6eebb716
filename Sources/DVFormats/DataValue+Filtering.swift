extension DataValue {
    /// The value without the entries of these keys, at any depth; outputs keep the `md5` of their content.
    func dropping(_ keys: Set<String>) -> DataValue {
        guard case .mapping(let pairs) = self else { return self }
        let kept = pairs.filter { !keys.contains($0.key) }
        let inner = keys.subtracting(["md5"])
        return .mapping(kept.map { ($0.key, $0.value.droppingInside(inner)) })
    }

    private func droppingInside(_ keys: Set<String>) -> DataValue {
        if case .list(let items) = self { return .list(items.map { $0.droppingInside(keys) }) }
        return dropping(keys)
    }
}
