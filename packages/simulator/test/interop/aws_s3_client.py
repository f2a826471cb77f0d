"""boto3 against the simulator's S3 and its checks of signatures. Argument: JSON facts; prints a JSON list of what is not as AWS has it."""

import datetime
import hashlib
import io
import os
import time
import urllib.error
import urllib.request

import botocore.auth

from aws_checks import ADMIN, URL, client, done, facts, mismatches, reached, refused, report

NOBODY, OTHER = tuple(facts["nobody"]), tuple(facts["other"])
S = "of-this-test"
s3 = client("s3")
B = "bk-" + S
done("create", lambda: s3.create_bucket(Bucket=B))
done("create again us-east-1", lambda: s3.create_bucket(Bucket=B))
B2 = "bk2-" + S
s3e = client("s3", "eu-west-1")
done(
    "create eu",
    lambda: s3e.create_bucket(Bucket=B2, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}),
)
refused(
    "create eu again",
    lambda: s3e.create_bucket(Bucket=B2, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}),
    "BucketAlreadyOwnedByYou",
    409,
)
refused(
    "create eu noloc", lambda: s3e.create_bucket(Bucket="bk3-" + S), "IllegalLocationConstraintException", 400
)
refused(
    "create loc mismatch",
    lambda: s3.create_bucket(
        Bucket="bk3-" + S, CreateBucketConfiguration={"LocationConstraint": "zz-west-9"}
    ),
    "InvalidLocationConstraint",
    400,
)
refused("foreign", lambda: client("s3", key=OTHER).create_bucket(Bucket=B), "BucketAlreadyExists", 409)
refused("name", lambda: s3.create_bucket(Bucket="UPPER-" + S), "InvalidBucketName", 400)
refused("head nf", lambda: s3.head_bucket(Bucket="nope-" + S), "404", 404)
refused("get nf", lambda: s3.list_objects_v2(Bucket="nope-" + S), "NoSuchBucket", 404)
reached(s3, "bucket_exists", Bucket=B)
reached(s3, "bucket_not_exists", Bucket="nope-" + S)
done("loc", lambda: s3.get_bucket_location(Bucket=B2), lambda r: r["LocationConstraint"] == "eu-west-1")
done("loc1", lambda: s3.get_bucket_location(Bucket=B), lambda r: r["LocationConstraint"] is None)
done("xregion", lambda: s3.list_objects_v2(Bucket=B2), lambda r: r["KeyCount"] == 0)
done(
    "head",
    lambda: s3e.head_bucket(Bucket=B2),
    lambda r: r["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"] == "eu-west-1",
)
data = b"hello" * 1000
done(
    "put",
    lambda: s3.put_object(
        Bucket=B, Key="a/b c+ü.txt", Body=data, Metadata={"x": "y"}, ContentType="text/plain"
    ),
    lambda r: r["ETag"] == '"%s"' % hashlib.md5(data).hexdigest(),
)
done(
    "get",
    lambda: s3.get_object(Bucket=B, Key="a/b c+ü.txt"),
    lambda r: r["Body"].read() == data
    and r["Metadata"] == {"x": "y"}
    and r["ContentType"] == "text/plain"
    and r["ContentLength"] == 5000
    and r["LastModified"],
)
done(
    "range",
    lambda: s3.get_object(Bucket=B, Key="a/b c+ü.txt", Range="bytes=0-4"),
    lambda r: r["Body"].read() == b"hello"
    and r["ResponseMetadata"]["HTTPStatusCode"] == 206
    and r["ContentRange"] == "bytes 0-4/5000",
)
refused(
    "range bad", lambda: s3.get_object(Bucket=B, Key="a/b c+ü.txt", Range="bytes=9000-"), "InvalidRange", 416
)
refused("nokey", lambda: s3.get_object(Bucket=B, Key="zz"), "NoSuchKey", 404)
refused("headkey", lambda: s3.head_object(Bucket=B, Key="zz"), "404", 404)
refused(
    "ifmatch", lambda: s3.get_object(Bucket=B, Key="a/b c+ü.txt", IfMatch='"x"'), "PreconditionFailed", 412
)
refused(
    "ifnone",
    lambda: s3.get_object(Bucket=B, Key="a/b c+ü.txt", IfNoneMatch='"%s"' % hashlib.md5(data).hexdigest()),
    ("304", "NotModified"),
    304,
)
done(
    "copy",
    lambda: s3.copy_object(Bucket=B, Key="copy", CopySource={"Bucket": B, "Key": "a/b c+ü.txt"}),
    lambda r: r["CopyObjectResult"]["ETag"],
)
refused(
    "copy nf",
    lambda: s3.copy_object(Bucket=B, Key="copy", CopySource={"Bucket": B, "Key": "nope"}),
    "NoSuchKey",
    404,
)
for n in range(7):
    s3.put_object(Bucket=B, Key="p/%d" % n, Body=b"x")
done(
    "list delim",
    lambda: s3.list_objects_v2(Bucket=B, Delimiter="/"),
    lambda r: [p["Prefix"] for p in r["CommonPrefixes"]] == ["a/", "p/"]
    and [c["Key"] for c in r["Contents"]] == ["copy"],
)
done(
    "pages",
    lambda: [
        c["Key"]
        for p in s3.get_paginator("list_objects_v2").paginate(Bucket=B, PaginationConfig={"PageSize": 2})
        for c in p["Contents"]
    ],
    lambda l: len(l) == 9,
)
done(
    "pages v1",
    lambda: [
        c["Key"]
        for p in s3.get_paginator("list_objects").paginate(Bucket=B, PaginationConfig={"PageSize": 2})
        for c in p["Contents"]
    ],
    lambda l: len(l) == 9,
)
refused("list tok", lambda: s3.list_objects_v2(Bucket=B, ContinuationToken="zzz"), "InvalidArgument", 400)
refused("del nonempty", lambda: s3.delete_bucket(Bucket=B), "BucketNotEmpty", 409)
done(
    "del objs",
    lambda: s3.delete_objects(
        Bucket=B, Delete={"Objects": [{"Key": "p/0"}, {"Key": "p/1"}, {"Key": "none"}]}
    ),
    lambda r: len(r["Deleted"]) == 3,
)
u = done("mpu", lambda: s3.create_multipart_upload(Bucket=B, Key="m"))["UploadId"]
p1 = done(
    "part", lambda: s3.upload_part(Bucket=B, Key="m", UploadId=u, PartNumber=1, Body=b"a" * 5 * 1024 * 1024)
)["ETag"]
p2 = done("part2", lambda: s3.upload_part(Bucket=B, Key="m", UploadId=u, PartNumber=2, Body=b"b"))["ETag"]
done("parts", lambda: s3.list_parts(Bucket=B, Key="m", UploadId=u), lambda r: len(r["Parts"]) == 2)
done("uploads", lambda: s3.list_multipart_uploads(Bucket=B), lambda r: len(r["Uploads"]) == 1)
refused(
    "complete order",
    lambda: s3.complete_multipart_upload(
        Bucket=B,
        Key="m",
        UploadId=u,
        MultipartUpload={"Parts": [{"PartNumber": 2, "ETag": p2}, {"PartNumber": 1, "ETag": p1}]},
    ),
    "InvalidPartOrder",
    400,
)
refused(
    "complete bad",
    lambda: s3.complete_multipart_upload(
        Bucket=B, Key="m", UploadId=u, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": '"zz"'}]}
    ),
    "InvalidPart",
    400,
)
done(
    "complete",
    lambda: s3.complete_multipart_upload(
        Bucket=B,
        Key="m",
        UploadId=u,
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": p1}, {"PartNumber": 2, "ETag": p2}]},
    ),
    lambda r: r["ETag"].endswith('-2"') and r["Location"],
)
refused("abort nf", lambda: s3.abort_multipart_upload(Bucket=B, Key="m", UploadId="zz"), "NoSuchUpload", 404)
u = s3.create_multipart_upload(Bucket=B, Key="small")["UploadId"]
e1 = s3.upload_part(Bucket=B, Key="small", UploadId=u, PartNumber=1, Body=b"a")["ETag"]
e2 = s3.upload_part(Bucket=B, Key="small", UploadId=u, PartNumber=2, Body=b"a")["ETag"]
refused(
    "toosmall",
    lambda: s3.complete_multipart_upload(
        Bucket=B,
        Key="small",
        UploadId=u,
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": e1}, {"PartNumber": 2, "ETag": e2}]},
    ),
    "EntityTooSmall",
    400,
)
done("abort", lambda: s3.abort_multipart_upload(Bucket=B, Key="small", UploadId=u))
big = os.urandom(20 * 1024 * 1024)
back = io.BytesIO()
done("upload", lambda: s3.upload_fileobj(io.BytesIO(big), B, "big"))
done("download", lambda: (s3.download_fileobj(B, "big", back), back.getvalue() == big)[1], bool)
refused("tags none", lambda: s3.get_bucket_tagging(Bucket=B), "NoSuchTagSet", 404)
done("tags", lambda: s3.put_bucket_tagging(Bucket=B, Tagging={"TagSet": [{"Key": "a", "Value": "ü"}]}))
refused(
    "tags dup",
    lambda: s3.put_bucket_tagging(
        Bucket=B, Tagging={"TagSet": [{"Key": "a", "Value": "ü"}, {"Key": "a", "Value": "x"}]}
    ),
    "InvalidTag",
    400,
)
done(
    "tags get", lambda: s3.get_bucket_tagging(Bucket=B), lambda r: r["TagSet"] == [{"Key": "a", "Value": "ü"}]
)
done(
    "tags del",
    lambda: s3.delete_bucket_tagging(Bucket=B),
    lambda r: r["ResponseMetadata"]["HTTPStatusCode"] == 204,
)
done(
    "enc",
    lambda: s3.get_bucket_encryption(Bucket=B),
    lambda r: r["ServerSideEncryptionConfiguration"]["Rules"][0]["ApplyServerSideEncryptionByDefault"][
        "SSEAlgorithm"
    ]
    == "AES256",
)
done(
    "pab",
    lambda: s3.get_public_access_block(Bucket=B),
    lambda r: r["PublicAccessBlockConfiguration"]["BlockPublicAcls"] is True,
)
done("pab del", lambda: s3.delete_public_access_block(Bucket=B))
refused("pab none", lambda: s3.get_public_access_block(Bucket=B), "NoSuchPublicAccessBlockConfiguration", 404)
done("ver", lambda: s3.get_bucket_versioning(Bucket=B), lambda r: "Status" not in r)
done("ver put", lambda: s3.put_bucket_versioning(Bucket=B, VersioningConfiguration={"Status": "Enabled"}))
done("ver2", lambda: s3.get_bucket_versioning(Bucket=B), lambda r: r["Status"] == "Enabled")
done("put v", lambda: s3.put_object(Bucket=B, Key="v", Body=b"1"), lambda r: r["VersionId"])
done("put v2", lambda: s3.put_object(Bucket=B, Key="v", Body=b"2"))
done("del v", lambda: s3.delete_object(Bucket=B, Key="v"), lambda r: r["DeleteMarker"] and r["VersionId"])
done(
    "versions",
    lambda: s3.list_object_versions(Bucket=B, Prefix="v"),
    lambda r: len(r["Versions"]) == 2 and len(r["DeleteMarkers"]) == 1,
)
refused(
    "lifecycle none",
    lambda: s3.get_bucket_lifecycle_configuration(Bucket=B),
    "NoSuchLifecycleConfiguration",
    404,
)
done(
    "lifecycle",
    lambda: s3.put_bucket_lifecycle_configuration(
        Bucket=B,
        LifecycleConfiguration={
            "Rules": [{"ID": "x", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 3}}]
        },
    ),
)
done(
    "lifecycle get",
    lambda: s3.get_bucket_lifecycle_configuration(Bucket=B),
    lambda r: r["Rules"][0]["Expiration"]["Days"] == 3,
)
refused("policy none", lambda: s3.get_bucket_policy(Bucket=B), "NoSuchBucketPolicy", 404)
done("acl", lambda: s3.get_bucket_acl(Bucket=B), lambda r: r["Grants"] and r["Owner"]["ID"])
refused(
    "acl owner", lambda: s3.put_bucket_acl(Bucket=B, ACL="public-read"), "AccessControlListNotSupported", 400
)
done(
    "own",
    lambda: s3.get_bucket_ownership_controls(Bucket=B),
    lambda r: r["OwnershipControls"]["Rules"][0]["ObjectOwnership"] == "BucketOwnerEnforced",
)
done(
    "buckets",
    lambda: s3.list_buckets(),
    lambda r: r["Owner"]["ID"] and any(b["Name"] == B and b["CreationDate"] for b in r["Buckets"]),
)
refused(
    "wrong secret",
    lambda: client("s3", key=(ADMIN[0], "x" * 40)).list_buckets(),
    "SignatureDoesNotMatch",
    403,
)
refused(
    "unknown",
    lambda: client("s3", key=("AKIAXXXXXXXXXXXXXXXX", "x" * 40)).list_buckets(),
    "InvalidAccessKeyId",
    403,
)
refused(
    "unknown ec2",
    lambda: client("ec2", key=("AKIAXXXXXXXXXXXXXXXX", "x" * 40)).describe_vpcs(),
    "AuthFailure",
    401,
)
refused(
    "unknown rds",
    lambda: client("rds", key=("AKIAXXXXXXXXXXXXXXXX", "x" * 40)).describe_db_instances(),
    "InvalidClientTokenId",
    403,
)
refused(
    "unknown ddb",
    lambda: client("dynamodb", key=("AKIAXXXXXXXXXXXXXXXX", "x" * 40)).list_tables(),
    "UnrecognizedClientException",
    400,
)
refused(
    "unknown lambda",
    lambda: client("lambda", key=("AKIAXXXXXXXXXXXXXXXX", "x" * 40)).list_functions(),
    "UnrecognizedClientException",
    403,
)
refused("denied s3", lambda: client("s3", key=NOBODY).list_buckets(), "AccessDenied", 403)
refused("denied ddb", lambda: client("dynamodb", key=NOBODY).list_tables(), "AccessDeniedException", 400)
refused("denied lambda", lambda: client("lambda", key=NOBODY).list_functions(), "AccessDeniedException", 403)
refused("denied rds", lambda: client("rds", key=NOBODY).describe_db_instances(), "AccessDenied", 403)


def fetched(url, method="GET", body=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method, data=body)) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


signed = client("s3", signature_version="s3v4")


def presigned(operation, key, seconds=60):
    return signed.generate_presigned_url(operation, Params={"Bucket": B, "Key": key}, ExpiresIn=seconds)


def says(name, answer, status, code=b""):
    if answer[0] != status or code not in answer[1]:
        mismatches.append(f"{name}: {answer}"[:300])


put = presigned("put_object", "presigned")
says("presigned put", fetched(put, "PUT", b"zz"), 200)
says("presigned get", fetched(presigned("get_object", "presigned")), 200, b"zz")
says(
    "presigned for another key",
    fetched(put.replace("presigned?", "other?"), "PUT", b"zz"),
    403,
    b"SignatureDoesNotMatch",
)
eternal = presigned("get_object", "presigned").replace("X-Amz-Expires=60", "X-Amz-Expires=9999999")
says("presigned for too long", fetched(eternal), 400, b"AuthorizationQueryParametersError")
late = presigned("get_object", "presigned", 1)
time.sleep(2.5)
says("presigned and late", fetched(late), 403, b"Request has expired")
says("unsigned", fetched(URL + "/" + B + "/presigned"), 403, b"AccessDenied")
refused("signature version 2", lambda: client("s3", signature_version="s3").list_buckets(), "InvalidRequest")


REAL = datetime.datetime


class Shifted(datetime.datetime):
    """A clock that is an hour off, for botocore's signer."""

    by = datetime.timedelta()

    @classmethod
    def utcnow(cls):
        return REAL.utcnow() + cls.by


def skewed(by, call):
    Shifted.by = datetime.timedelta(seconds=by)
    if hasattr(botocore.auth, "get_current_datetime"):
        real = botocore.auth.get_current_datetime
        botocore.auth.get_current_datetime = lambda *a, **k: real(*a, **k) + Shifted.by
        try:
            call()
        finally:
            botocore.auth.get_current_datetime = real
    else:
        botocore.auth.datetime.datetime = Shifted
        try:
            call()
        finally:
            botocore.auth.datetime.datetime = REAL


for by in (-3600, 3600):
    skewed(by, lambda: refused("skewed s3", lambda: client("s3").list_buckets(), "RequestTimeTooSkewed", 403))
    skewed(by, lambda: refused("skewed ec2", lambda: client("ec2").describe_vpcs(), "RequestExpired", 400))
    skewed(
        by,
        lambda: refused(
            "skewed rds", lambda: client("rds").describe_db_instances(), "SignatureDoesNotMatch", 403
        ),
    )
    skewed(
        by,
        lambda: refused(
            "skewed dynamodb", lambda: client("dynamodb").list_tables(), "InvalidSignatureException", 400
        ),
    )
    skewed(
        by,
        lambda: refused(
            "skewed lambda", lambda: client("lambda").list_functions(), "InvalidSignatureException", 403
        ),
    )

report()
