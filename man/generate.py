#!/usr/bin/env python3
"""Writes the man pages from the command line's own description.

usage: generate.py BINARY DIRECTORY [--check]

--check writes nothing and exits with 1 if a page in DIRECTORY is not what would be written.
"""
import json
import pathlib
import subprocess
import sys

EXIT_STATUS = [
    ("0", "Done."),
    ("1", "Failed, or the answer is no."),
    ("251", "A setting is wrong."),
    ("252", "Interrupted."),
    ("253", "Not in a project."),
    ("254", "The command line is wrong."),
    ("255", "Any other failure."),
]


def escape(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def names(argument):
    shorts = ["-" + n["name"] for n in argument.get("names", []) if n["kind"] == "short"]
    longs = ["--" + n["name"] for n in argument.get("names", []) if n["kind"] == "long"]
    return shorts + longs


def label(argument):
    value = f"\\fI{escape(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        return value
    text = ", ".join(f"\\fB{escape(name)}\\fR" for name in names(argument))
    return f"{text} {value}" if argument["kind"] == "option" else text


def usage(argument):
    text = label(argument).split(", ")[-1]
    if argument["isRepeating"]:
        text += " ..."
    return f"[{text}]" if argument["isOptional"] else text


def page(command, path, version):
    name = "-".join(path)
    shown = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    children = subcommands(command)
    lines = [f'.TH "{name.upper()}" 1 "" "dvswift {version}" "dvswift manual"']
    lines += [".SH NAME", f"{escape(name)} \\- {escape(command['abstract'].rstrip('.'))}"]
    lines += [".SH SYNOPSIS", f".B {escape(' '.join(path))}"]
    lines += [" ".join([usage(a) for a in shown] + (["\\fIcommand\\fR ..."] if children else []))]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION"]
        for paragraph in command["discussion"].split("\n\n"):
            lines += [".PP", escape(paragraph)]
    if children:
        lines += [".SH COMMANDS"]
    for child in children:
        lines += [".TP", f".BR {escape('-'.join(path + [child['commandName']]))} (1)"]
        lines += [escape(child["abstract"])]
    lines += [".SH OPTIONS"]
    for argument in shown:
        lines += [".TP", label(argument), escape(argument.get("abstract", ""))]
    lines += [".SH EXIT STATUS"]
    for code, meaning in EXIT_STATUS:
        lines += [".TP", f".B {code}", meaning]
    above = "-".join(path[:-1]) if len(path) > 1 else "git"
    return "\n".join(lines + [".SH SEE ALSO", f".BR {escape(above)} (1)"]) + "\n"


def subcommands(command):
    children = command.get("subcommands", [])
    return [c for c in children if c["commandName"] != "help" and c.get("shouldDisplay", True)]


def pages(command, path, version):
    yield "-".join(path) + ".1", page(command, path, version)
    for child in subcommands(command):
        yield from pages(child, path + [child["commandName"]], version)


def output(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def main():
    binary, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    root = json.loads(output(binary, "--experimental-dump-help"))["command"]
    wanted = dict(pages(root, ["dvswift"], output(binary, "--version").strip()))
    present = {path.name: path.read_text() for path in directory.glob("*.1")}
    if "--check" in sys.argv:
        stale = [name for name in wanted | present if wanted.get(name) != present.get(name)]
        sys.exit("not up to date, run make man: " + " ".join(sorted(stale)) if stale else 0)
    for name in present.keys() - wanted.keys():
        (directory / name).unlink()
    for name, text in wanted.items():
        (directory / name).write_text(text)


main()
