"""MSAL for Python and requests against the simulator's sign-in host and Microsoft Graph. Prints JSON results."""

import json
import sys
import time

import msal
import requests

facts = json.loads(sys.argv[1])
url = facts["url"]
session = requests.Session()
waits = []


def sign_in(client, secret, tenant=facts["tenantId"]):
    app = msal.ConfidentialClientApplication(
        client,
        client_credential=secret,
        authority=f"{url}/{tenant}",
        instance_discovery=False,
        http_client=session,
    )
    return app.acquire_token_for_client(["https://graph.microsoft.com/.default"])


def get(path, token, **headers):
    """One request; what is throttled is asked again after the time that was told (RFC 9110 §10.2.3)."""
    where = path if path.startswith("https:") else f"{url}/v1.0{path}"
    while True:
        answer = session.get(where, headers={"Authorization": f"Bearer {token}", **headers}, timeout=120)
        if answer.status_code != 429:
            return answer
        waits.append(answer.headers["Retry-After"])
        time.sleep(float(answer.headers["Retry-After"]))


def code(answer):
    error = answer.json()["error"]
    return [answer.status_code, error["code"], "request-id" in error["innerError"]]


def main():
    signed = sign_in(facts["clientId"], facts["clientSecret"])
    token = signed["access_token"]
    out = {"token": [signed["token_type"], signed["expires_in"] > 3000]}

    pages, seen, path = 0, [], "/users?$select=id,userPrincipalName&$top=20"
    while path:
        body = get(path, token).json()
        seen += body["value"]
        pages += 1
        path = body.get("@odata.nextLink")
    out["users"] = [pages, len(seen), len({user["id"] for user in seen}), sorted(seen[0])]
    out["waits"] = waits

    eventual = {"ConsistencyLevel": "eventual"}
    out["uncounted"] = code(get("/users?$count=true", token))
    out["counted"] = get("/users?$count=true&$top=1", token, **eventual).json()["@odata.count"]
    names = get("/users?$filter=startswith(displayName,'Ana')&$select=displayName", token).json()["value"]
    out["filtered"] = [len(names), all(user["displayName"].startswith("Ana") for user in names)]
    off = get("/users?$filter=accountEnabled eq false&$select=accountEnabled", token).json()["value"]
    out["disabled"] = [len(off), any(user["accountEnabled"] for user in off)]
    out["badFilter"] = code(get("/users?$filter=displayName like 'x'", token))
    out["badTop"] = code(get("/users?$top=1000", token))
    out["missing"] = code(get("/users/none", token))
    out["unsigned"] = code(session.get(f"{url}/v1.0/users"))
    out["forged"] = code(get("/users", token[:-8] + "AAAAAAAA"))

    skus = get("/subscribedSkus", token).json()["value"]
    sku = next(one for one in skus if one["skuPartNumber"] == "SPE_E3")
    held = get(f"/users?$filter=assignedLicenses/any(x:x/skuId eq '{sku['skuId']}')&$select=id", token).json()["value"]
    user = held[0]["id"]

    def assign(add, remove):
        return session.post(
            f"{url}/v1.0/users/{user}/assignLicense",
            headers={"Authorization": f"Bearer {token}"},
            json={"addLicenses": [{"skuId": one, "disabledPlans": []} for one in add], "removeLicenses": remove},
        )

    def consumed():
        return next(
            one["consumedUnits"]
            for one in get("/subscribedSkus", token).json()["value"]
            if one["skuId"] == sku["skuId"]
        )

    before = consumed()
    removed = assign([], [sku["skuId"]])
    after = consumed()
    again = assign([sku["skuId"]], [])
    out["licences"] = [removed.status_code, before - after, again.status_code, consumed() - before]

    report = "/reports/getOffice365ActiveUserDetail(period='D30')"
    place = session.get(
        f"{url}/v1.0{report}", headers={"Authorization": f"Bearer {token}"}, allow_redirects=False
    )
    out["report"] = [place.status_code, get(report, token).content.decode("utf-8-sig").split(",")[0]]

    reader = sign_in(facts["reader"]["clientId"], facts["reader"]["clientSecret"])["access_token"]
    denied = session.post(
        f"{url}/v1.0/users/{user}/assignLicense",
        headers={"Authorization": f"Bearer {reader}"},
        json={"addLicenses": [], "removeLicenses": [sku["skuId"]]},
    )
    out["denied"] = code(denied)
    out["wrongSecret"] = sign_in(facts["clientId"], "wrong-secret")["error_codes"]
    out["wrongClient"] = sign_in("00000000-0000-4000-8000-000000000000", "wrong-secret")["error_codes"]
    try:
        sign_in(facts["clientId"], facts["clientSecret"], "00000000-0000-4000-8000-000000000000")
        out["wrongTenant"] = None
    except ValueError as error:
        out["wrongTenant"] = "authority configuration" in str(error)
    return out


print(json.dumps(main()))
