"""The nearest neighbours of each airport, as the crow flies."""

import csv
import heapq
import json
import math
import os
import statistics

import parameters

EARTH_RADIUS_KM = 6371.0


def distance(one, other):
    half_height = math.sin((other[0] - one[0]) / 2) ** 2
    half_width = math.sin((other[1] - one[1]) / 2) ** 2
    square = half_height + math.cos(one[0]) * math.cos(other[0]) * half_width
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(square))


count = parameters.read("airports")["nearest"]
os.makedirs("results", exist_ok=True)

with open("work/airports.csv", newline="") as source:
    places = {
        airport["iata"]: (
            math.radians(float(airport["latitude"])),
            math.radians(float(airport["longitude"])),
        )
        for airport in csv.DictReader(source)
    }

nearest = []
with open("results/neighbours.csv", "w", newline="") as target:
    table = csv.writer(target, lineterminator="\n")
    table.writerow(["airport", "neighbour", "km"])
    for code, place in sorted(places.items()):
        others = ((distance(place, other), name) for name, other in places.items() if name != code)
        found = heapq.nsmallest(count, others)
        nearest.append(found[0][0])
        table.writerows([code, name, f"{km:.1f}"] for km, name in found)

with open("results/airports.json", "w") as target:
    json.dump({"airports": len(places), "nearest_km": round(statistics.median(nearest), 1)}, target)
print(f"median distance to the nearest of {len(places)} airports: {statistics.median(nearest):.1f} km")
