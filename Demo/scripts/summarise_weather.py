"""Rain and temperature by month."""

import collections
import csv
import json
import os
import statistics

import parameters

limit = parameters.read("weather")["wet_day_mm"]
os.makedirs("results", exist_ok=True)

months = collections.defaultdict(list)
with open("work/weather.csv", newline="") as source:
    for day in csv.DictReader(source):
        months[day["date"][:7]].append(day)

wet_days = 0
with open("results/months.csv", "w", newline="") as target:
    table = csv.writer(target, lineterminator="\n")
    table.writerow(["month", "wet_days", "rain_mm", "mean_temp_max"])
    for month, days in sorted(months.items()):
        rain = [float(day["precipitation"]) for day in days]
        wet = sum(amount >= limit for amount in rain)
        wet_days += wet
        warmth = statistics.mean(float(day["temp_max"]) for day in days)
        table.writerow([month, wet, round(sum(rain), 1), round(warmth, 2)])

with open("results/weather.json", "w") as target:
    json.dump({"months": len(months), "wet_days": wet_days}, target)
print(f"{wet_days} days with at least {limit} mm of rain in {len(months)} months")
