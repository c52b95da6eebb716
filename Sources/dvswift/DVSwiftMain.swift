import DVCommands

@main
enum DVSwiftMain {
    static func main() {
        DVSwift.main()
    }
}
