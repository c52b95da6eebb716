import DVProject

extension ErrorAccount {
    init(_ error: DatasetError) {
        switch error {
        case .exists(let name, let file, isHere: true):
            self.init(
                "\(name) already exists in \(file), use the --force to overwrite",
                hint: "dvswift dataset update \(name) records what it is now"
            )
        case .exists(let name, let file, isHere: false):
            self.init(
                "\(name) already exists in \(file): names of datasets count in the whole project",
                hint: "choose another name, or change it in the folder of that file"
            )
        case .parametrized(let name, let file):
            self.init(
                "cannot update a parametrized dataset entry: '\(name)' in '\(file)' holds references",
                hint: "change the variables that it refers to, then: dvswift dataset update \(name)"
            )
        case .serviceNeeded(let name):
            self.init(
                "datachain is not installed: '\(name)' is a dataset of DataChain, which only a Python package can ask",
                hint: "let DVC update it; stages that depend on it run from what dvc.lock records"
            )
        case .withoutRevisions(let name):
            self.init("cannot update version/revision for a url: '\(name)' has none")
        case .unusable(let name):
            self.init("the state of dataset '\(name)' cannot be recorded")
        }
    }
}
