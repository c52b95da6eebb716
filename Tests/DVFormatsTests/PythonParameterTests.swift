import DVFormats
import Testing

@Suite struct PythonParameterTests {
    private func parse(_ text: String) throws -> DataValue {
        try ParameterFile.parse(Array(text.utf8), file: "params.py")
    }

    @Test func `literals that names are assigned at the top are parameters`() throws {
        let value = try parse(
            #"""
            """What it is for."""
            from os import (path, environ as e,)
            RATE = 1e-3
            COUNT: int = 1_000
            HEX = 0x1F; OCT = 0o17; TINY = .5
            NEGATIVE = -3
            TEXT = 'a' "b\t\x41\u00e9\N{EM DASH}"
            RAW = r'\d'
            BLOCK = """one
            two"""
            FLAG, OTHER = True, False
            NOTHING = None
            PAIR = (1, 2,)
            ONE = (1)
            LIST = [1, [2, {'k': (3, 4)}],
                    5]  # five
            MAP = {
                'a': 1,
                'a': 2, 7: 'seven',
            }
            SET = {1, 2}
            LONG = 12345678901234567890123
            """#
        )
        let expected = """
            RATE: 0.001
            COUNT: 1000
            HEX: 31
            OCT: 15
            TINY: 0.5
            NEGATIVE: -3
            TEXT: "ab\\tA\\u00e9\\u2014"
            RAW: '\\d'
            BLOCK: "one\\ntwo"
            NOTHING: null
            PAIR: [1, 2]
            ONE: 1
            LIST: [1, [2, {k: [3, 4]}], 5]
            MAP: {a: 2, 7: seven}
            SET: [1, 2]
            LONG: 12345678901234567890123
            """
        #expect(value == (try DataValue.parseYAML(Array(expected.utf8), file: "expected")))
    }

    @Test func `what has no value without being run is passed by`() throws {
        let value = try parse(
            """
            import os
            a = os.environ
            b = 1 + 2
            c = f"x"
            d = [i for i in range(3)]
            e = {**a}
            g = h = 1
            x[0] = 1
            y.z = 1
            n: int
            n2 = -x
            by = b"bytes"
            j = 2j
            k = lambda v, *w, u=1: v
            if True:
                inside = 1
            def f(p, /, q=1, *, r: int = 2) -> None:
                inner = 1
            ok = 1
            ok = 2
            """
        )
        #expect(value == .mapping([("ok", .integer(2))]))
    }

    @Test func `classes hold their names and those of their instances`() throws {
        let value = try parse(
            """
            @dataclass(frozen=True)
            class Model(Base, metaclass=Meta):
                layers: int = 3
                class Inner: depth = 1
                def __init__(self, rate=1):
                    self.rate = 0.5
                    self.other = rate
                    local = 1
                def run(self):
                    self.ignored = 1
            """
        )
        let expected = DataValue.mapping([
            (
                "Model",
                .mapping([
                    ("layers", .integer(3)),
                    ("Inner", .mapping([("depth", .integer(1))])),
                    ("rate", .float(0.5)),
                ])
            )
        ])
        #expect(value == expected)
    }

    @Test func `all of Python is understood`() throws {
        let value = try parse(
            """
            async def f(*a, **k):
                async with x as y, z: await y
                async for i in w: yield i
                return
            with (open(p) as q, g):
                pass
            try: assert v, 'm'
            except (A, B) as e: raise E from None
            else: global G; G += 1
            finally: del t[0]
            while (n := 3) > 2 and not (x is not None or y not in z): break
            else: continue
            for i, (j, *l) in m[1:2, ::3]: print(i, *j, sep='', **l)
            match command:
                case [1, *rest] if rest: pass
                case {"k": v} | Point(x=0): pass
            match = 1
            case: str = "soft"
            long = \\
                2
            """
        )
        let expected = DataValue.mapping([
            ("match", .integer(1)), ("case", .string("soft")), ("long", .integer(2)),
        ])
        #expect(value == expected)
    }

    private static let problems: [(String, Int, Int, String)] = [
        ("a = (1\n", 1, 5, "never closed"),
        ("a = 1)\n", 1, 6, "unmatched ')'"),
        ("a = [1}\n", 1, 7, "unmatched '}'"),
        ("a = = 1\n", 1, 5, "expected an expression"),
        ("a = 1 2\n", 1, 7, "invalid syntax"),
        ("x = 1\n  y = 2\n", 2, 3, "expected an expression"),
        ("def f():\nx = 1\n", 2, 1, "indented block"),
        ("if x:\n    a = 1\n  b = 2\n", 3, 3, "unindent"),
        ("a = 'x\n", 1, 5, "unterminated string"),
        ("a = 010\n", 1, 5, "leading zeros"),
        ("a = 1__0\n", 1, 6, "invalid decimal"),
        ("a = 3x\n", 1, 5, "invalid decimal"),
        ("1 = a\n", 1, 1, "cannot assign"),
        ("a = $\n", 1, 5, "invalid character"),
        ("print 'x'\n", 1, 7, "invalid syntax"),
        ("try: pass\n", 2, 1, "expected 'except'"),
        ("class: pass\n", 1, 6, "expected a name"),
    ]

    @Test(arguments: problems)
    func `a syntax error has its place`(
        text: String,
        line: Int,
        column: Int,
        problem: String
    ) throws {
        let error = try #require(throws: FormatError.self) { try parse(text) }
        error.expect(line: line, column: column, key: nil, problem: problem)
    }
}
