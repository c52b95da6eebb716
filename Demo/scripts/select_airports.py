"""Keeps the airports of the chosen states."""

import csv
import os

import parameters

states = parameters.read("airports")["states"]
os.makedirs("work", exist_ok=True)

with open("data/airports.csv", newline="") as source:
    airports = csv.DictReader(source)
    kept = [airport for airport in airports if airport["state"] in states]

with open("work/airports.csv", "w", newline="") as target:
    table = csv.DictWriter(target, airports.fieldnames, lineterminator="\n")
    table.writeheader()
    table.writerows(kept)
print(f"{len(kept)} airports in {', '.join(states)}")
