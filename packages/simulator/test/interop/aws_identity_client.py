"""boto3 against the simulator's STS, IAM and Lambda. Argument: JSON facts; prints what is not as AWS has it."""

import datetime
import io
import json
import zipfile

from aws_checks import client, done, facts, reached, refused, report

ACCOUNT = client("sts").get_caller_identity()["Account"]
S = "0"
sts = client("sts")
cr = done(
    "assume",
    lambda: sts.assume_role(RoleArn=facts["readOnlyRole"], RoleSessionName="xx"),
    lambda r: isinstance(r["Credentials"]["Expiration"], datetime.datetime)
    and r["AssumedRoleUser"]["AssumedRoleId"].startswith("AROA"),
)
c = cr["Credentials"]


def mk(svc, tok):
    return client(svc, key=(c["AccessKeyId"], c["SecretAccessKey"]), token=tok)


done("session", lambda: mk("ec2", c["SessionToken"]).describe_vpcs())
refused("session bad", lambda: mk("ec2", "bad").describe_vpcs(), ("AuthFailure",), 401)
refused("session none", lambda: mk("ec2", None).describe_vpcs(), ("AuthFailure",), 401)
refused("session bad s3", lambda: mk("s3", "bad").list_buckets(), ("InvalidToken",), 400)
refused(
    "ro write",
    lambda: mk("ec2", c["SessionToken"]).create_vpc(CidrBlock="10.0.0.0/16"),
    "UnauthorizedOperation",
    403,
)
refused(
    "assume ext",
    lambda: sts.assume_role(RoleArn=facts["role"], RoleSessionName="xx", ExternalId="wrong"),
    "AccessDenied",
    403,
)
refused(
    "assume none",
    lambda: sts.assume_role(RoleArn="arn:aws:iam::444455556666:role/Nope", RoleSessionName="xx"),
    "AccessDenied",
    403,
)
refused(
    "assume arn",
    lambda: sts.assume_role(RoleArn="nonsense-which-is-long-enough", RoleSessionName="xx"),
    "ValidationError",
    400,
)
iam = client("iam")
refused("role nf", lambda: iam.get_role(RoleName="nope"), "NoSuchEntity", 404)
done(
    "sim",
    lambda: iam.simulate_principal_policy(
        PolicySourceArn=sts.get_caller_identity()["Arn"],
        ActionNames=["ec2:DescribeInstances", "s3:ListBucket"],
    ),
    lambda r: [e["EvalDecision"] for e in r["EvaluationResults"]],
)
done("alias", lambda: iam.list_account_aliases())
done("user", lambda: iam.get_user(), lambda r: r["User"]["UserId"])
lam = client("lambda")
trust = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)
LR = done(
    "create role",
    lambda: iam.create_role(RoleName="for-lambda", AssumeRolePolicyDocument=trust),
    lambda r: r["Role"]["RoleId"].startswith("AROA") and r["Role"]["AssumeRolePolicyDocument"]["Statement"],
)["Role"]["Arn"]
refused(
    "role again",
    lambda: iam.create_role(RoleName="for-lambda", AssumeRolePolicyDocument=trust),
    "EntityAlreadyExists",
    409,
)
refused(
    "role malformed",
    lambda: iam.create_role(RoleName="other", AssumeRolePolicyDocument="{"),
    "MalformedPolicyDocument",
    400,
)
done(
    "inline policy",
    lambda: iam.put_role_policy(
        RoleName="for-lambda", PolicyName="p", PolicyDocument='{"Version":"2012-10-17","Statement":[]}'
    ),
)
refused("role in use", lambda: iam.delete_role(RoleName="for-lambda"), "DeleteConflict", 409)
done(
    "inline policies",
    lambda: iam.list_role_policies(RoleName="for-lambda"),
    lambda r: r["PolicyNames"] == ["p"],
)
done("roles", lambda: iam.list_roles(), lambda r: [x["RoleName"] for x in r["Roles"]] == ["for-lambda"])
b = io.BytesIO()
z = zipfile.ZipFile(b, "w")
z.writestr("index.py", "def handler(e,c): return 1")
z.close()
ZIP = b.getvalue()
fn = dict(FunctionName="f" + S, Runtime="python3.12", Role=LR, Handler="index.handler", Code={"ZipFile": ZIP})
refused("fn nf", lambda: lam.get_function(FunctionName="nope"), "ResourceNotFoundException", 404)
refused(
    "fn runtime",
    lambda: lam.create_function(**{**fn, "Runtime": "python9.9"}),
    ("InvalidParameterValueException", "ValidationException"),
    400,
)
refused(
    "fn zip",
    lambda: lam.create_function(**{**fn, "Code": {"ZipFile": b"nozip"}}),
    "InvalidParameterValueException",
    400,
)
refused(
    "fn role",
    lambda: lam.create_function(**{**fn, "Role": "arn:aws:iam::" + ACCOUNT + ":role/nope"}),
    "InvalidParameterValueException",
    400,
)
refused(
    "fn role2",
    lambda: lam.create_function(**{**fn, "Role": "junk"}),
    ("ValidationException", "InvalidParameterValueException"),
    400,
)
done(
    "fn",
    lambda: lam.create_function(Tags={"a": "b"}, **fn),
    lambda r: r["State"] in ("Pending", "Active")
    and r["CodeSha256"]
    and r["CodeSize"] == len(ZIP)
    and r["LastModified"].endswith("+0000")
    and r["Version"] == "$LATEST"
    and r["ResponseMetadata"]["HTTPStatusCode"] == 201,
)
refused("fn dup", lambda: lam.create_function(**fn), "ResourceConflictException", 409)
reached(lam, "function_active_v2", FunctionName=fn["FunctionName"])
reached(lam, "function_active", FunctionName=fn["FunctionName"])
done(
    "fn get",
    lambda: lam.get_function(FunctionName=fn["FunctionName"]),
    lambda r: r["Code"]["Location"] and r["Tags"] == {"a": "b"} and r["Configuration"]["FunctionArn"],
)
done(
    "fn upd",
    lambda: lam.update_function_configuration(FunctionName=fn["FunctionName"], MemorySize=256),
    lambda r: r["MemorySize"] == 256,
)
reached(lam, "function_updated", FunctionName=fn["FunctionName"])
done(
    "fn list",
    lambda: [
        f["FunctionName"] for p in lam.get_paginator("list_functions").paginate() for f in p["Functions"]
    ],
    lambda l: fn["FunctionName"] in l,
)
done(
    "fn tags",
    lambda: lam.list_tags(Resource="arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:" + fn["FunctionName"]),
    lambda r: r["Tags"] == {"a": "b"},
)
refused(
    "fn big",
    lambda: lam.create_function(
        **{**fn, "FunctionName": "big", "Code": {"ZipFile": b"PK\x03\x04" + b"0" * (70 * 1024 * 1024)}}
    ),
    ("RequestEntityTooLargeException", "RequestTooLargeException", "413"),
    413,
)
done("fn del", lambda: lam.delete_function(FunctionName=fn["FunctionName"]))
refused("fn marker", lambda: lam.list_functions(Marker="junk"), "InvalidParameterValueException", 400)
done("acct", lambda: lam.get_account_settings())

report()
