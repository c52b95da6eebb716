"""Prints what DVC takes for options of remotes: lines of URL, option, value and yes or no, with tabs.

Run with the Python of DVC's own environment.
"""

from dvc.config_schema import REMOTE_SCHEMAS, SCHEMA
from voluptuous import Invalid

VALUES = [
    "true", "False", "yes", "0", "1", "-3", " 7 ", "1_0", "3.5", "nan", "inf", "text", "",
    "basic", "CUSTOM", "group", "copy", "reflink, hardlink", "copy,x", "/some/path",
]


def answer(url, option, value):
    try:
        SCHEMA["remote"][str]({"url": url, option: value})
        return "yes"
    except Invalid:
        return "no"


options = {str(name) for schema in REMOTE_SCHEMAS.values() for name in schema}
for scheme in sorted(REMOTE_SCHEMAS):
    url = f"{scheme}://host/path" if scheme else "/path"
    for option in sorted(options - {"url"} | {"nosuch"}):
        for value in VALUES:
            print(url, option, value, answer(url, option, value), sep="\t")
