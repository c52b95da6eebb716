import DVCommands

@main
enum DVSwiftMain {
    static func main() {
        CommandLineTool.main()
    }
}
