#!/bin/sh
# Makes projects with metrics and parameters in the current directory. $1 is dvswift.
set -eu

day=10
commit() {
    day=$((day + 1))
    GIT_COMMITTER_DATE="2024-01-${day}T12:00:00Z" git commit --quiet --allow-empty -m "$1"
}

project() {
    mkdir -p "$1/.dvc"
    cd "$1"
    printf '/tmp\n/cache\n' > .dvc/.gitignore
    printf '[core]\n    analytics = false\n' > .dvc/config
}

repository() {
    git init --quiet --initial-branch main
}

# Everything at once: all formats, cached metrics, a directory, variables, three commits, two branches, a tag.
project everything
repository
cat > dvc.yaml <<'EOF'
vars:
  - vars.yaml
stages:
  train:
    cmd: echo ${model.depth} ${words[1]}
    params: [lr, opt.name, grid.b, {other.json: [x]}]
    outs: [model.txt]
    metrics: [cached.yaml, scores]
  cross:
    cmd: echo hi
    params:
      - p.py:
      - p.toml: [a.b, l]
    metrics:
      - n.toml: {cache: false}
      - m.json: {cache: false}
metrics: [top.json, sub/t.json, values.py]
params: [extra.yaml]
EOF
printf 'model: {depth: 3, width: [1, 2]}\nwords: [a, b]\n' > vars.yaml
printf 'lr: 0.1\nopt:\n  name: adam\n  betas: [0.9, 0.999, "x", null, true, "it'"'"'s", {a: 1.0}]\nn: null\nflag: true\ngrid: {a: {size: 1, name: p}, b: {size: 2}}\nlong: 123456789012345678901\ntiny: 1.0e-7\nempty: {}\ntext: "1.50"\n' > params.yaml
echo '{"x": {"y": 1, "z": [1]}, "q": 2}' > other.json
printf 'A = 1\nclass C:\n    b = "x"\n    def __init__(self):\n        self.d = 2.5\nS = "a\\nb"\nL = [1, "y", None]\nD = {"k": 1}\n' > p.py
printf 'l = [1, 2]\n[a]\nb = 1.5\nc = 3\n' > p.toml
echo 'e: 1e3' > extra.yaml
mkdir sub scores
echo '{"acc": 0.123456789, "loss": {"train": 1, "val": 12345.678912, "deep": {"er": -0.0}}, "name": "x", "l": [1], "nul": null, "t": true, "em": {}, "big": 1e22, "huge": 12345678901234567890, "small": 1.5e-9, "inf": Infinity, "nan": NaN, "half": 2.675, "wide": "日本", "accent": "é", "sp": "  two  "}' > m.json
printf 'auc: 0.5\ndate: 2020-01-01\nlist: [1]\n' > cached.yaml
echo '{"a": 1}' > scores/b.json
echo 'x: 2' > scores/a.yaml
printf 'v = 1\n[s]\nw = 2.0\n' > n.toml
echo '0.75' > top.json
echo '{"t": "0.5"}' > sub/t.json
printf 'f1 = 0.5\nbest = {"f1": 0.75}\n' > values.py
: > model.txt
printf '/model.txt\n/cached.yaml\n/scores\n' > .gitignore
"$1" commit -f -q
git add .
commit one
git tag v1
sed -i 's/0.123456789/0.2/; s/"train": 1/"train": 3/; s/"t": true/"t": 1/; s/12345678901234567890/12345678901234567891/' m.json
printf 'auc: 0.625\nnew: 1\n' > cached.yaml
echo 'x: 3' > scores/a.yaml
"$1" commit -f -q
git add .
commit two
git branch other v1
git tag -a -m annotated v2
sed -i 's/0.1$/0.2/; s/adam/sgd/; s/^n: null/n: 5/; s/size: 2/size: 20/; s/"1.50"/"1.5"/; s/^flag: true/flag: 1/; s/0.999/0.99/' params.yaml
printf 'model: {depth: 4, width: [1, 2]}\nwords: [a, c]\n' > vars.yaml
echo '0.5' > top.json
echo '{"x": 3}' > other.json
printf 'A = 2\nS = "a\\nc"\nL = [1, "z", None]\n' > p.py
printf 'l = [1, 3]\n[a]\nb = 2\n' > p.toml
rm cached.yaml scores/a.yaml
commit three
cd ..

# Stage files in folders, one of them a template; figures beside each.
project nested
repository
mkdir -p a/b c
printf 'stages:\n  s:\n    cmd: x\n    params: [p]\n    metrics: [m.yaml: {cache: false}]\nparams: [q.yaml]\n' > a/dvc.yaml
printf 'vars: [v.yaml]\nstages:\n  s:\n    foreach: ${names}\n    do:\n      cmd: echo ${item} ${rate}\n      params: [../params.yaml: [p]]\n      metrics:\n        - ${item}.json: {cache: false}\nmetrics: [../../c/shared.json]\n' > a/b/dvc.yaml
printf 'names: [k, l]\nrate: 0.5\n' > a/b/v.yaml
echo 'p: 1' > a/params.yaml
echo 'q: [1]' > a/q.yaml
echo 'm: 1' > a/m.yaml
echo '{"k": 1}' > a/b/k.json
echo '{"k": 2}' > a/b/l.json
echo '{"s": 1.23456789}' > c/shared.json
git add .
commit one
printf 'names: [k, n]\nrate: 0.75\n' > a/b/v.yaml
echo 'p: 2' > a/params.yaml
echo 'q: [2]' > a/q.yaml
echo 'm: 2' > a/m.yaml
echo '{"n": 2}' > a/b/n.json
cd ..

# Files that cannot be read or are not what metrics are.
project broken
repository
printf 'metrics: [bad.json, none.json, latin.yaml, open.yaml, zero.json, nil.json, list.yaml, word.json, hex.txt, empty.yaml, empty.json, p.py, b.toml, error.json]\nparams: [bad.json, list.yaml, word.json, single.yaml, zero.json]\n' > dvc.yaml
echo '{bad' > bad.json
printf '\377\376: 1' > latin.yaml
printf 'a: [\n' > open.yaml
echo 0 > zero.json
echo null > nil.json
printf -- '- 1\n- 2\n' > list.yaml
printf -- '- 1\n' > single.yaml
echo '"str"' > word.json
echo 'x: 0x10' > hex.txt
: > empty.yaml
: > empty.json
echo 'def f(: 1' > p.py
echo 'a = = 1' > b.toml
echo '{"rate": 1}' > error.json
git add .
commit one
printf -- '- 1\n- 3\n' > list.yaml
printf -- '- 4\n' > single.yaml
echo '"7"' > word.json
echo '{"a": 1}' > zero.json
cd ..

# A dvc.yaml that cannot be read, in the workspace only.
project unreadable
repository
printf 'metrics: [m.json]\n' > dvc.yaml
echo '{"a": 1}' > m.json
git add .
commit one
echo '{"a": 2}' > m.json
echo 'stages: [' > dvc.yaml
cd ..

# The same metrics on the branch as in the workspace.
project same
repository
printf 'metrics: [m.json]\n' > dvc.yaml
echo '{"a": 1}' > m.json
git add .
commit one
cd ..

# No commit yet; no Git; no project.
project fresh
repository
printf 'metrics: [m.json]\n' > dvc.yaml
echo '{"a": 1}' > m.json
cd ..

project ungit
printf '[core]\n    no_scm = true\n' > .dvc/config
printf 'metrics: [m.json]\n' > dvc.yaml
echo '{"a": 1}' > m.json
echo 'a: 1' > params.yaml
cd ..

mkdir -p plain/folder
cd plain
repository
echo '{"a": 1}' > m.json
git add .
commit one
echo '{"a": 2}' > m.json
echo 'p: 1' > params.yaml
