import DVFormats

extension StageParameters {
    /// What the stage uses of its parameter file, by key as written.
    ///
    /// Throws `StageError.parametersMissing` or `.parameterAmbiguous`.
    package func values(in root: DataValue) throws(StageError) -> [String: DataValue] {
        let values = root.values(atDottedKeys: keys)
        let missing = keys.filter { values[$0] == nil }
        for key in missing {
            let matches = root.matches(ofPattern: key).map(\.key)
            if matches.count > 1 {
                throw .parameterAmbiguous(key, matches: matches, file: display)
            }
        }
        guard missing.isEmpty else { throw .parametersMissing(missing, file: display) }
        return values
    }
}
