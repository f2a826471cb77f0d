"""
Google's API client for Python against the simulator. Each answer is validated against the discovery document that the
client ships: unknown members, wrong types, numbers that should be strings, words outside of an enumeration.
"""

import json
import re
import sys
from datetime import datetime, timedelta

from google.auth.exceptions import RefreshError
from google.oauth2 import service_account
from googleapiclient.discovery import build
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError

facts = json.loads(sys.argv[1])
SCOPES = ["https://www.googleapis.com/auth/cloud-platform"]
DATE_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")


def problems_of(document, schema, value, where):
    """What in a value is not as the schema of a discovery document says."""
    if "$ref" in schema:
        schema = document["schemas"][schema["$ref"]]
    kind, form = schema.get("type"), schema.get("format")
    if kind == "object":
        if not isinstance(value, dict):
            return [f"{where} is no object"]
        known, others = schema.get("properties", {}), schema.get("additionalProperties")
        found = []
        for name, one in value.items():
            if name in known:
                found += problems_of(document, known[name], one, f"{where}.{name}")
            elif others:
                found += problems_of(document, others, one, f"{where}.*")
            else:
                found.append(f"{where}.{name} is unknown")
        return found
    if kind == "array":
        if not isinstance(value, list):
            return [f"{where} is no list"]
        return [problem for one in value for problem in problems_of(document, schema["items"], one, f"{where}[]")]
    if kind == "string":
        if not isinstance(value, str):
            return [f"{where} is no string"]
        if form in ("int64", "uint64") and not re.fullmatch(r"-?\d+", value):
            return [f"{where} is no {form}: {value}"]
        if form in ("google-datetime", "date-time") and not DATE_TIME.match(value):
            return [f"{where} is no time: {value}"]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{where} is none of its words: {value}"]
        return []
    kinds = {"integer": int, "number": (int, float), "boolean": bool}
    if kind in kinds and (not isinstance(value, kinds[kind]) or (kind != "boolean" and isinstance(value, bool))):
        return [f"{where} is no {kind}"]
    return []


def credentials(key):
    info = {**json.loads(key), "token_uri": f"{facts['url']}/token"}
    return service_account.Credentials.from_service_account_info(info, scopes=SCOPES)


class Api:
    """One API as the client builds it from its document."""

    def __init__(self, name, version, key=facts["key"]):
        self.name = name
        self.document = json.loads(get_static_doc(name, version))
        self.service = build(
            name,
            version,
            credentials=credentials(key),
            static_discovery=True,
            cache_discovery=False,
            client_options={"api_endpoint": f"{facts['url']}/{self.document['servicePath']}".rstrip("/") + "/"},
        )

    def call(self, path, **arguments):
        *holders, last = path.split(".")
        at, described = self.service, self.document
        for holder in holders:
            at = getattr(at, holder)()
            described = described["resources"][holder]
        answer = getattr(at, last)(**arguments).execute()
        schema = described["methods"][last].get("response")
        problems.update(problems_of(self.document, schema, answer, f"{self.name}.{path}"))
        asked.add(f"{self.name}.{path}")
        return answer


problems, asked = set(), set()


def main():
    project = json.loads(facts["key"])["project_id"]
    out = {}
    compute = Api("compute", "v1")
    for kind in ("instances", "disks", "addresses", "subnetworks"):
        compute.call(f"{kind}.aggregatedList", project=project)
    for kind in ("snapshots", "images", "networks", "firewalls", "regions"):
        compute.call(f"{kind}.list", project=project)

    # Small pages that the client's own `list_next` follows.
    disks = compute.service.disks()
    request, names, pages = disks.aggregatedList(project=project, maxResults=3), [], 0
    while request is not None:
        answer = request.execute()
        names += [one["selfLink"] for part in answer["items"].values() for one in part.get("disks", [])]
        pages += 1
        request = disks.aggregatedList_next(request, answer)
    out["disks"] = [pages > 2, len(names), len(set(names))]

    place = {"project": project, "zone": "southamerica-east1-b"}
    vm = {**place, "instance": "feed-exporter"}
    states = [compute.call("instances.get", **vm)["status"]]

    def done(operation):
        while operation["status"] != "DONE":
            operation = compute.call("zoneOperations.wait", **place, operation=operation["name"])
        return compute.call("zoneOperations.get", **place, operation=operation["name"])

    done(compute.call("instances.stop", **vm))
    states.append(compute.call("instances.get", **vm)["status"])
    wanted = {"machineType": f"zones/{place['zone']}/machineTypes/n2-standard-2"}
    done(compute.call("instances.setMachineType", **vm, body=wanted))
    done(compute.call("instances.start", **vm))
    states.append(compute.call("instances.get", **vm)["status"])
    out["states"] = states
    out["size"] = compute.call("instances.get", **vm)["machineType"].split("/")[-1]

    storage = Api("storage", "v1")
    bucket = storage.call("buckets.list", project=project)["items"][0]["name"]
    storage.call("buckets.get", bucket=bucket)
    sql = Api("sqladmin", "v1")
    server = sql.call("instances.list", project=project)["items"][0]["name"]
    sql.call("instances.get", project=project, instance=server)
    changed = sql.call("instances.patch", project=project, instance=server, body={"settings": {"userLabels": {"a": "b"}}})
    sql.call("operations.get", project=project, operation=changed["name"])
    parent = f"projects/{project}/locations/-"
    Api("cloudfunctions", "v2").call("projects.locations.functions.list", parent=parent)
    Api("container", "v1").call("projects.locations.clusters.list", parent=parent)
    projects = Api("cloudresourcemanager", "v3")
    projects.call("projects.get", name=f"projects/{project}")
    wanted = {"permissions": ["compute.instances.list"]}
    out["permissions"] = projects.call("projects.testIamPermissions", resource=f"projects/{project}", body=wanted)
    end = datetime.utcnow()
    Api("monitoring", "v3").call(
        "projects.timeSeries.list",
        name=f"projects/{project}",
        filter='metric.type="compute.googleapis.com/instance/cpu/utilization"',
        interval_startTime=f"{(end - timedelta(hours=4)).isoformat()}Z",
        interval_endTime=f"{end.isoformat()}Z",
        aggregation_alignmentPeriod="3600s",
        aggregation_perSeriesAligner="ALIGN_MEAN",
    )

    def error(call):
        try:
            call()
        except HttpError as failed:
            return [failed.resp.status, failed.error_details[0]["reason"] if failed.error_details else None]
        except RefreshError as failed:
            return failed.args[1]["error"]
        return None

    reader = Api("compute", "v1", facts["readerKey"])
    forged = {**json.loads(facts["key"]), "private_key": facts["strangeKey"]}
    out["errors"] = {
        "missing": error(lambda: compute.call("instances.get", **{**vm, "instance": "none"})),
        "denied": error(lambda: reader.call("instances.stop", **vm)),
        "foreign": error(lambda: compute.call("instances.aggregatedList", project="some-other-project")),
        "forged": error(lambda: Api("compute", "v1", json.dumps(forged)).call("regions.list", project=project)),
    }
    out["asked"] = len(asked)
    out["problems"] = sorted(problems)
    # The check itself can fail: a number where a string belongs, a stranger, a word outside of its list.
    wrong = {"id": 7, "stranger": 1, "status": "ASLEEP", "disks": [{"boot": "yes"}]}
    out["control"] = sorted(problems_of(compute.document, {"$ref": "Instance"}, wrong, "vm"))
    return out


print(json.dumps(main()))
