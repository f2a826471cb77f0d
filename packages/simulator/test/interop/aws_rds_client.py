"""boto3 against the simulator's RDS. Argument: JSON facts; prints a JSON list of what is not as AWS has it."""

import datetime
import time

from aws_checks import client, done, mismatches, reached, refused, report

ACCOUNT = client("sts").get_caller_identity()["Account"]
S = "0"
rds = client("rds")
base = dict(
    DBInstanceIdentifier="db" + S,
    DBInstanceClass="db.t3.micro",
    Engine="postgres",
    AllocatedStorage=20,
    MasterUsername="root1",
    MasterUserPassword="Passw0rd12",
)
refused("rds nf", lambda: rds.describe_db_instances(DBInstanceIdentifier="nope"), "DBInstanceNotFound", 404)
refused(
    "rds pw",
    lambda: rds.create_db_instance(**{**base, "MasterUserPassword": "short"}),
    "InvalidParameterValue",
    400,
)
refused(
    "rds engine", lambda: rds.create_db_instance(**{**base, "Engine": "zz"}), "InvalidParameterValue", 400
)
refused(
    "rds class",
    lambda: rds.create_db_instance(**{**base, "DBInstanceClass": "db.zz.zz"}),
    ("InvalidParameterValue", "InvalidParameterCombination"),
    400,
)
refused(
    "rds storage",
    lambda: rds.create_db_instance(**{**base, "AllocatedStorage": 1}),
    ("InvalidParameterValue", "InvalidParameterCombination"),
    400,
)
refused(
    "rds id",
    lambda: rds.create_db_instance(**{**base, "DBInstanceIdentifier": "1bad--id"}),
    "InvalidParameterValue",
    400,
)
refused(
    "rds sg",
    lambda: rds.create_db_instance(VpcSecurityGroupIds=["sg-0123456789abcdef0"], **base),
    "InvalidParameterValue",
    400,
)
refused(
    "rds subnetgroup",
    lambda: rds.create_db_instance(DBSubnetGroupName="nope", **base),
    "DBSubnetGroupNotFoundFault",
    404,
)
refused(
    "rds missing",
    lambda: rds.create_db_instance(
        DBInstanceIdentifier="x", DBInstanceClass="db.t3.micro", Engine="postgres"
    ),
    ("InvalidParameterValue", "InvalidParameterCombination", "MissingParameter"),
    400,
)
done(
    "rds",
    lambda: rds.create_db_instance(Tags=[{"Key": "a", "Value": "b"}], **base),
    lambda r: r["DBInstance"]["DBInstanceStatus"] == "creating"
    and "Endpoint" not in r["DBInstance"]
    and r["DBInstance"]["TagList"] == [{"Key": "a", "Value": "b"}]
    and r["DBInstance"]["PendingModifiedValues"].get("MasterUserPassword") == "****",
)
refused("rds dup", lambda: rds.create_db_instance(**base), "DBInstanceAlreadyExists", 400)
refused(
    "rds stop creating",
    lambda: rds.stop_db_instance(DBInstanceIdentifier=base["DBInstanceIdentifier"]),
    "InvalidDBInstanceState",
    400,
)
reached(rds, "db_instance_available", DBInstanceIdentifier=base["DBInstanceIdentifier"])
arn = rds.describe_db_instances(DBInstanceIdentifier=base["DBInstanceIdentifier"])["DBInstances"][0][
    "DBInstanceArn"
]
done(
    "rds desc",
    lambda: rds.describe_db_instances(DBInstanceIdentifier=base["DBInstanceIdentifier"]),
    lambda r: r["DBInstances"][0]["Endpoint"]["Port"] == 5432
    and isinstance(r["DBInstances"][0]["InstanceCreateTime"], datetime.datetime)
    and isinstance(r["DBInstances"][0]["LatestRestorableTime"], datetime.datetime)
    and r["DBInstances"][0]["DbiResourceId"],
)
done("rds by arn", lambda: rds.describe_db_instances(DBInstanceIdentifier=arn))
done(
    "rds mod",
    lambda: rds.modify_db_instance(
        DBInstanceIdentifier=base["DBInstanceIdentifier"],
        DBInstanceClass="db.t3.small",
        ApplyImmediately=True,
    ),
    lambda r: r["DBInstance"],
)
reached(rds, "db_instance_available", DBInstanceIdentifier=base["DBInstanceIdentifier"])
refused(
    "rds shrink",
    lambda: rds.modify_db_instance(
        DBInstanceIdentifier=base["DBInstanceIdentifier"], AllocatedStorage=10, ApplyImmediately=True
    ),
    ("InvalidParameterCombination", "InvalidParameterValue"),
    400,
)
done(
    "snap",
    lambda: rds.create_db_snapshot(
        DBSnapshotIdentifier="sn" + S, DBInstanceIdentifier=base["DBInstanceIdentifier"]
    ),
    lambda r: r["DBSnapshot"]["Status"] == "creating",
)
reached(rds, "db_snapshot_available", DBSnapshotIdentifier="sn" + S)
refused("snap nf", lambda: rds.describe_db_snapshots(DBSnapshotIdentifier="nope"), "DBSnapshotNotFound", 404)
reached(rds, "db_instance_available", DBInstanceIdentifier=base["DBInstanceIdentifier"])
done(
    "stop",
    lambda: rds.stop_db_instance(DBInstanceIdentifier=base["DBInstanceIdentifier"]),
    lambda r: r["DBInstance"]["DBInstanceStatus"] == "stopping",
)
for _ in range(600):
    if (
        rds.describe_db_instances(DBInstanceIdentifier=base["DBInstanceIdentifier"])["DBInstances"][0][
            "DBInstanceStatus"
        ]
        == "stopped"
    ):
        break
    time.sleep(0.2)
else:
    mismatches.append("the database never stopped")
refused(
    "stop stopped",
    lambda: rds.stop_db_instance(DBInstanceIdentifier=base["DBInstanceIdentifier"]),
    "InvalidDBInstanceState",
    400,
)
done("start", lambda: rds.start_db_instance(DBInstanceIdentifier=base["DBInstanceIdentifier"]))
reached(rds, "db_instance_available", DBInstanceIdentifier=base["DBInstanceIdentifier"])
refused(
    "rds tag nf",
    lambda: rds.add_tags_to_resource(ResourceName="arn:aws:rds:us-east-1:" + ACCOUNT + ":db:nope", Tags=[]),
    ("DBInstanceNotFound", "DBInstanceNotFoundFault"),
    404,
)
done("rds tag", lambda: rds.add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "x", "Value": "y"}]))
done("rds tags", lambda: rds.list_tags_for_resource(ResourceName=arn), lambda r: len(r["TagList"]) == 2)
refused(
    "rds marker",
    lambda: rds.describe_db_instances(Marker="junk"),
    ("InvalidParameterValue", "InvalidParameterCombination"),
    400,
)
refused("rds max", lambda: rds.describe_db_instances(MaxRecords=5), "InvalidParameterValue", 400)
refused(
    "rds del",
    lambda: rds.delete_db_instance(DBInstanceIdentifier=base["DBInstanceIdentifier"]),
    "InvalidParameterCombination",
    400,
)
done(
    "rds del",
    lambda: rds.delete_db_instance(DBInstanceIdentifier=base["DBInstanceIdentifier"], SkipFinalSnapshot=True),
    lambda r: r["DBInstance"]["DBInstanceStatus"] == "deleting",
)
reached(rds, "db_instance_deleted", DBInstanceIdentifier=base["DBInstanceIdentifier"])
done(
    "engines",
    lambda: rds.describe_db_engine_versions(Engine="postgres"),
    lambda r: len(r["DBEngineVersions"]) > 0,
)
done(
    "orderable",
    lambda: rds.describe_orderable_db_instance_options(Engine="postgres"),
    lambda r: len(r["OrderableDBInstanceOptions"]) > 0,
)
done("subnetgroups", lambda: rds.describe_db_subnet_groups())
done("pgs", lambda: rds.describe_db_clusters())

report()
