"""Reads params.yaml with the standard library only: two levels, numbers and lists of words."""

import ast
import re


def read(section, path="params.yaml"):
    values, current = {}, None
    with open(path) as lines:
        for line in lines:
            indent, key, value = re.match(r"(\s*)(\w+):\s*([^#]*)", line).groups()
            if not indent:
                current = key
            elif current == section:
                values[key] = parsed(value.strip())
    return values


def parsed(text):
    if text.startswith("["):
        return [word.strip() for word in text.strip("[]").split(",")]
    return ast.literal_eval(text)
