"""What people use without DVC: Git alone, git-lfs and git-annex, on the same data."""

import shutil
import subprocess

from operations import expect_restored
from tools import Tool, expect_same, expect_text, remove


class GitProject:
    """A repository of plain Git with a copy of the dataset at `data`."""

    def __init__(self, tool, source, place):
        self.tool = tool
        self.source = source
        self.folder = place / f"{tool.name}-project"
        self.clone = place / f"{tool.name}-clone"
        self.remote = place / f"{tool.name}-remote.git"
        self.data = self.folder / "data"

    def git(self, *arguments, folder=None):
        return self.tool.git(folder or self.folder, *arguments)

    def create(self):
        remove(self.folder)
        self.folder.mkdir(parents=True)
        self.git("init", "--quiet")
        self.set_up()
        subprocess.run(["cp", "-r", self.source, self.data], check=True)

    def set_up(self):
        """Nothing for plain Git."""

    def add(self, repetition):
        self.create()
        result = self.git("add", "data")
        self.git("commit", "--quiet", "--message", "data")
        expect_same(self.source, self.data)
        return result

    def status(self, repetition):
        result = self.git("status", "--short")
        expect_text("nothing", result.output or "nothing")
        return result

    def checkout(self, repetition):
        remove(self.data)
        result = self.git("checkout", "--quiet", "--", "data")
        expect_same(self.source, self.data)
        return result

    def add_changed(self, repetition):
        with expect_restored(self.source, self.data, f"changed for the time {repetition}\n"):
            result = self.git("add", "data")
            expect_text("data", self.git("diff", "--cached", "--name-only").output)
        self.git("add", "data")
        return result

    def push(self, repetition):
        remove(self.remote)
        self.git("init", "--quiet", "--bare", self.remote)
        return self.push_again(repetition)

    def push_again(self, repetition):
        return self.git("push", "--quiet", f"file://{self.remote}", "HEAD:refs/heads/main")

    def pull(self, repetition):
        remove(self.clone)
        result = self.git("clone", "--quiet", "-b", "main", f"file://{self.remote}", self.clone)
        expect_same(self.source, self.clone / "data")
        remove(self.clone)
        return result


class LargeFileProject(GitProject):
    """The same with git-lfs, which keeps all of `data`."""

    def set_up(self):
        self.git("lfs", "install", "--local")
        (self.folder / ".gitattributes").write_text(
            "data filter=lfs diff=lfs merge=lfs -text\ndata/** filter=lfs diff=lfs merge=lfs -text\n"
        )
        self.git("add", ".gitattributes")

    def pull(self, repetition):
        """A clone starts the filter of git-lfs only if the user's settings name it."""
        remove(self.clone)
        filters = [
            "-c", "filter.lfs.process=git-lfs filter-process", "-c", "filter.lfs.required=true",
            "-c", "filter.lfs.smudge=git-lfs smudge -- %f", "-c", "filter.lfs.clean=git-lfs clean -- %f",
        ]
        result = self.git(
            *filters, "clone", "--quiet", "-b", "main", f"file://{self.remote}", self.clone
        )
        expect_same(self.source, self.clone / "data")
        remove(self.clone)
        return result


class AnnexProject:
    """git-annex with its own defaults: locked files, SHA-256. Its other commands do other things."""

    def __init__(self, tool, source, place):
        self.repository = GitProject(tool, source, place)

    def add(self, repetition):
        repository = self.repository
        if repository.folder.exists():
            subprocess.run(["chmod", "-R", "u+w", repository.folder], check=True)
        repository.create()
        repository.git("annex", "init", "--quiet")
        result = repository.git("annex", "add", "--quiet", "data")
        repository.git("commit", "--quiet", "--message", "data")
        expect_same(repository.source, repository.data)
        return result

    def status(self, repetition):
        return self.repository.status(repetition)


def git_tools(place):
    """Those of them that are installed."""
    tools = [Tool("git", shutil.which("git"), place / "git-home", GitProject)]
    if shutil.which("git-lfs"):
        tools.append(Tool("git-lfs", shutil.which("git"), place / "lfs-home", LargeFileProject))
    if shutil.which("git-annex"):
        tools.append(Tool("git-annex", shutil.which("git"), place / "annex-home", AnnexProject))
    return tools
