"""boto3 against the simulator's load balancers, metrics, costs, prices, logs and further services. Argument: JSON facts; prints a JSON list of what is not as AWS has it."""

import datetime
import json

from aws_checks import client, done, reached, refused, report

ACCOUNT = client("sts").get_caller_identity()["Account"]
S = "0"
elb = client("elbv2")
ec2 = client("ec2")
subs = [
    s["SubnetId"]
    for s in ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
]
VPC = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
refused("lb nf", lambda: elb.describe_load_balancers(Names=["nope"]), "LoadBalancerNotFound", 400)
refused(
    "lb arn nf",
    lambda: elb.describe_load_balancers(
        LoadBalancerArns=[
            "arn:aws:elasticloadbalancing:us-east-1:" + ACCOUNT + ":loadbalancer/app/nope/50dc6c495c0c9188"
        ]
    ),
    "LoadBalancerNotFound",
    400,
)
refused(
    "lb 1 subnet",
    lambda: elb.create_load_balancer(Name="x" + S, Subnets=subs[:1]),
    ("ValidationError", "InvalidSubnet", "InvalidConfigurationRequest"),
    400,
)
lb = done(
    "lb",
    lambda: elb.create_load_balancer(Name="lb" + S, Subnets=subs[:2]),
    lambda r: r["LoadBalancers"][0]["State"]["Code"] == "provisioning" and r["LoadBalancers"][0]["DNSName"],
)["LoadBalancers"][0]["LoadBalancerArn"]
reached(elb, "load_balancer_available", LoadBalancerArns=[lb])
tg = done("tg", lambda: elb.create_target_group(Name="tg" + S, Protocol="HTTP", Port=80, VpcId=VPC))[
    "TargetGroups"
][0]["TargetGroupArn"]
ls = done(
    "listener",
    lambda: elb.create_listener(
        LoadBalancerArn=lb,
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": tg}],
    ),
    lambda r: r["Listeners"][0]["ListenerArn"],
)
refused(
    "listener dup",
    lambda: elb.create_listener(
        LoadBalancerArn=lb,
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": tg}],
    ),
    "DuplicateListener",
    400,
)
refused("tg in use", lambda: elb.delete_target_group(TargetGroupArn=tg), "ResourceInUse", 400)
done("health", lambda: elb.describe_target_health(TargetGroupArn=tg))
done("lbattr", lambda: elb.describe_load_balancer_attributes(LoadBalancerArn=lb), lambda r: r["Attributes"])
done(
    "lbtags",
    lambda: elb.describe_tags(ResourceArns=[lb]),
    lambda r: r["TagDescriptions"][0]["ResourceArn"] == lb,
)
done("lb del", lambda: elb.delete_load_balancer(LoadBalancerArn=lb))
reached(elb, "load_balancers_deleted", LoadBalancerArns=[lb])
done("tg del", lambda: elb.delete_target_group(TargetGroupArn=tg))
cw = client("cloudwatch")
now = datetime.datetime.now(datetime.timezone.utc)
done("list", lambda: cw.list_metrics())
done(
    "stat",
    lambda: cw.get_metric_statistics(
        Namespace="AWS/EC2",
        MetricName="CPUUtilization",
        StartTime=now - datetime.timedelta(hours=1),
        EndTime=now,
        Period=300,
        Statistics=["Average"],
        Dimensions=[{"Name": "InstanceId", "Value": "i-x"}],
    ),
    lambda r: r["Datapoints"] == [] and r["Label"],
)
done(
    "data",
    lambda: cw.get_metric_data(
        StartTime=now - datetime.timedelta(hours=1),
        EndTime=now,
        MetricDataQueries=[
            {
                "Id": "a",
                "MetricStat": {
                    "Metric": {
                        "Namespace": "AWS/EC2",
                        "MetricName": "CPUUtilization",
                        "Dimensions": [{"Name": "InstanceId", "Value": "i-x"}],
                    },
                    "Period": 300,
                    "Stat": "Average",
                },
            }
        ],
    ),
    lambda r: r["MetricDataResults"][0]["StatusCode"] == "Complete"
    and r["MetricDataResults"][0]["Values"] == []
    and r["Messages"] == [],
)
refused(
    "data bad id",
    lambda: cw.get_metric_data(
        StartTime=now,
        EndTime=now + datetime.timedelta(hours=1),
        MetricDataQueries=[{"Id": "A", "Expression": "1"}],
    ),
    "ValidationError",
    400,
)
refused(
    "data dup id",
    lambda: cw.get_metric_data(
        StartTime=now,
        EndTime=now + datetime.timedelta(hours=1),
        MetricDataQueries=[{"Id": "a", "Expression": "1"}, {"Id": "a", "Expression": "1"}],
    ),
    "ValidationError",
    400,
)
refused(
    "data time",
    lambda: cw.get_metric_data(
        StartTime=now,
        EndTime=now - datetime.timedelta(hours=1),
        MetricDataQueries=[{"Id": "a", "Expression": "1", "Period": 60}],
    ),
    ("ValidationError", "InvalidParameterValue"),
    400,
)
refused(
    "stat none",
    lambda: cw.get_metric_statistics(
        Namespace="AWS/EC2",
        MetricName="CPUUtilization",
        StartTime=now - datetime.timedelta(hours=1),
        EndTime=now,
        Period=60,
    ),
    ("InvalidParameterCombination", "MissingParameter", "MissingRequiredParameter"),
    400,
)
ce = client("ce")
D = lambda d: (now.date() - datetime.timedelta(days=d)).isoformat()
done(
    "cau",
    lambda: ce.get_cost_and_usage(
        TimePeriod={"Start": D(10), "End": D(0)},
        Granularity="DAILY",
        Metrics=["UnblendedCost", "UsageQuantity"],
        GroupBy=[{"Type": "DIMENSION", "Key": "SERVICE"}],
    ),
    lambda r: len(r["ResultsByTime"]) == 10 and r["GroupDefinitions"] and "DimensionValueAttributes" in r,
)
refused(
    "ce dates",
    lambda: ce.get_cost_and_usage(
        TimePeriod={"Start": D(0), "End": D(10)}, Granularity="DAILY", Metrics=["UnblendedCost"]
    ),
    "ValidationException",
    400,
)
refused(
    "ce metric",
    lambda: ce.get_cost_and_usage(
        TimePeriod={"Start": D(10), "End": D(0)}, Granularity="DAILY", Metrics=["Nope"]
    ),
    "ValidationException",
    400,
)
refused(
    "ce groups",
    lambda: ce.get_cost_and_usage(
        TimePeriod={"Start": D(10), "End": D(0)},
        Granularity="DAILY",
        Metrics=["UnblendedCost"],
        GroupBy=[{"Type": "DIMENSION", "Key": k} for k in ("SERVICE", "REGION", "AZ")],
    ),
    "ValidationException",
    400,
)
refused(
    "ce token",
    lambda: ce.get_cost_and_usage(
        TimePeriod={"Start": D(10), "End": D(0)},
        Granularity="DAILY",
        Metrics=["UnblendedCost"],
        NextPageToken="junk",
    ),
    "InvalidNextTokenException",
    400,
)
refused(
    "ce history",
    lambda: ce.get_cost_and_usage(
        TimePeriod={"Start": D(900), "End": D(0)}, Granularity="DAILY", Metrics=["UnblendedCost"]
    ),
    "ValidationException",
    400,
)
refused(
    "ce fc past",
    lambda: ce.get_cost_forecast(
        TimePeriod={"Start": D(10), "End": D(5)}, Granularity="DAILY", Metric="UNBLENDED_COST"
    ),
    "ValidationException",
    400,
)
done(
    "ce dims", lambda: ce.get_dimension_values(TimePeriod={"Start": D(10), "End": D(0)}, Dimension="SERVICE")
)
done("ce tags", lambda: ce.get_tags(TimePeriod={"Start": D(10), "End": D(0)}))
pr = client("pricing")
done(
    "products",
    lambda: pr.get_products(
        ServiceCode="AmazonEC2",
        Filters=[
            {"Type": "TERM_MATCH", "Field": "instanceType", "Value": "t3.micro"},
            {"Type": "TERM_MATCH", "Field": "regionCode", "Value": "us-east-1"},
        ],
        MaxResults=3,
    ),
    lambda r: r["FormatVersion"] == "aws_v1"
    and json.loads(r["PriceList"][0])["product"]["attributes"]["instanceType"] == "t3.micro",
)
refused(
    "pr svc",
    lambda: pr.get_products(ServiceCode="Nope"),
    ("NotFoundException", "InvalidParameterException"),
    400,
)
done("services", lambda: pr.describe_services())
done("attrs", lambda: pr.get_attribute_values(ServiceCode="AmazonEC2", AttributeName="instanceType"))
lg = client("logs")
done("lg", lambda: lg.create_log_group(logGroupName="/a/" + S))
refused("lg dup", lambda: lg.create_log_group(logGroupName="/a/" + S), "ResourceAlreadyExistsException", 400)
done(
    "lgs",
    lambda: lg.describe_log_groups(logGroupNamePrefix="/a/" + S),
    lambda r: r["logGroups"][0]["arn"].endswith(":*") and isinstance(r["logGroups"][0]["creationTime"], int),
)
done("ret", lambda: lg.put_retention_policy(logGroupName="/a/" + S, retentionInDays=7))
refused(
    "ret bad",
    lambda: lg.put_retention_policy(logGroupName="/a/" + S, retentionInDays=8),
    "InvalidParameterException",
    400,
)
refused("lg nf", lambda: lg.delete_log_group(logGroupName="/nope"), "ResourceNotFoundException", 400)
done("lg del", lambda: lg.delete_log_group(logGroupName="/a/" + S))
refused(
    "lg limit",
    lambda: lg.describe_log_groups(limit=51),
    ("InvalidParameterException", "ValidationException"),
    400,
)
eks = client("eks")
refused("eks nf", lambda: eks.describe_cluster(name="nope"), "ResourceNotFoundException", 404)
dd = client("dynamodb")
refused("ddb nf", lambda: dd.describe_table(TableName="nope"), "ResourceNotFoundException", 400)
ca = client("elasticache")
refused("ca nf", lambda: ca.describe_cache_clusters(CacheClusterId="nope"), "CacheClusterNotFound", 404)
done("ca", lambda: ca.describe_cache_clusters(ShowCacheNodeInfo=True))
done("rg", lambda: ca.describe_replication_groups())
refused(
    "rg nf",
    lambda: ca.describe_replication_groups(ReplicationGroupId="nope"),
    "ReplicationGroupNotFoundFault",
    404,
)

report()
