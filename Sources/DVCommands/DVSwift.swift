import ArgumentParser

package struct DVSwift: ParsableCommand {
    package static let configuration = CommandConfiguration(commandName: "dvswift", version: "0.1.0")
    package init() {}
}
