"""Keeps the complete days since the first year that counts."""

import csv
import os

import parameters

first_year = parameters.read("weather")["from"]
os.makedirs("work", exist_ok=True)

with open("data/seattle-weather.csv", newline="") as source:
    days = csv.DictReader(source)
    kept = [
        day for day in days
        if int(day["date"][:4]) >= first_year and all(day.values())
    ]

with open("work/weather.csv", "w", newline="") as target:
    table = csv.DictWriter(target, days.fieldnames, lineterminator="\n")
    table.writeheader()
    table.writerows(kept)
print(f"{len(kept)} days since {first_year}")
