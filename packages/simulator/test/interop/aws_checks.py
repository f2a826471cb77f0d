"""What the boto3 scripts of this folder share: clients, and checks that collect what does not hold."""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

facts = json.loads(sys.argv[1])
URL = facts["url"]
ADMIN = tuple(facts["admin"])
POLL = {"Delay": 0.2, "MaxAttempts": 600}
mismatches = []


def client(name, region="us-east-1", key=ADMIN, token=None, **more):
    config = Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}, **more)
    return boto3.client(
        name,
        endpoint_url=URL,
        region_name=region,
        aws_access_key_id=key[0],
        aws_secret_access_key=key[1],
        aws_session_token=token,
        config=config,
    )


def refused(name, call, codes, status=400):
    """The call fails with one of these codes, this status and a request id."""
    try:
        call()
    except ClientError as error:
        facts_of = error.response["ResponseMetadata"]
        got = (error.response["Error"]["Code"], facts_of["HTTPStatusCode"])
        wanted = codes if isinstance(codes, tuple) else (codes,)
        if got[0] not in wanted or got[1] != status or not facts_of.get("RequestId"):
            mismatches.append(f"{name}: {got} instead of {wanted} {status}")
    except Exception as error:
        mismatches.append(f"{name}: {error!r}"[:300])
    else:
        mismatches.append(f"{name}: it was done")


def done(name, call, holds=None):
    """The call succeeds, and its parsed answer is as it should be; without it there is nothing more to check."""
    try:
        answer = call()
        if holds is not None and not holds(answer):
            mismatches.append(f"{name}: {answer}"[:500])
        return answer
    except Exception as error:
        # What follows builds on it.
        mismatches.append(f"{name}: {error!r}"[:300])
        report()
        sys.exit()


def reached(of, waiter, **what):
    """The client's own waiter ends well."""
    done(waiter, lambda: of.get_waiter(waiter).wait(WaiterConfig=POLL, **what))


def report():
    """Prints the outcome: an empty list when all is as it should be."""
    print(json.dumps(mismatches))
