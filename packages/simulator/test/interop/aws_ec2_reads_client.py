"""What boto3 reads of the simulator's EC2, and what it is refused. Argument: JSON facts; prints a JSON list of what is not as AWS has it."""

from aws_checks import client, done, refused, report

ec2 = client("ec2")
done(
    "regions",
    lambda: ec2.describe_regions(),
    lambda r: len(r["Regions"]) > 10 and all("Endpoint" in x and "OptInStatus" in x for x in r["Regions"]),
)
done(
    "allregions",
    lambda: ec2.describe_regions(AllRegions=True),
    lambda r: any(x["OptInStatus"] == "not-opted-in" for x in r["Regions"]),
)
done(
    "azs",
    lambda: ec2.describe_availability_zones(),
    lambda r: len(r["AvailabilityZones"]) >= 3
    and all(x["State"] == "available" and x["ZoneId"] for x in r["AvailabilityZones"]),
)
done(
    "types",
    lambda: ec2.describe_instance_types(InstanceTypes=["t3.micro"]),
    lambda r: r["InstanceTypes"][0]["VCpuInfo"]["DefaultVCpus"] == 2,
)
refused(
    "badtype", lambda: ec2.describe_instance_types(InstanceTypes=["zz.micro"]), "InvalidInstanceType", 400
)
done(
    "offer",
    lambda: ec2.describe_instance_type_offerings(LocationType="availability-zone"),
    lambda r: len(r["InstanceTypeOfferings"]) > 5,
)
img = done(
    "images",
    lambda: ec2.describe_images(Owners=["amazon"], Filters=[{"Name": "architecture", "Values": ["x86_64"]}]),
    lambda r: len(r["Images"]) > 0,
)["Images"][0]["ImageId"]
refused(
    "image nf", lambda: ec2.describe_images(ImageIds=["ami-0123456789abcdef0"]), "InvalidAMIID.NotFound", 400
)
refused("image mal", lambda: ec2.describe_images(ImageIds=["xx"]), "InvalidAMIID.Malformed", 400)
refused(
    "inst nf",
    lambda: ec2.describe_instances(InstanceIds=["i-0123456789abcdef0"]),
    "InvalidInstanceID.NotFound",
    400,
)
refused("inst mal", lambda: ec2.describe_instances(InstanceIds=["foo"]), "InvalidInstanceID.Malformed", 400)
refused(
    "vol nf", lambda: ec2.describe_volumes(VolumeIds=["vol-0123456789abcdef0"]), "InvalidVolume.NotFound", 400
)
refused(
    "vol mal",
    lambda: ec2.describe_volumes(VolumeIds=["foo"]),
    ("InvalidParameterValue", "InvalidVolumeID.Malformed"),
    400,
)
refused(
    "snap nf",
    lambda: ec2.describe_snapshots(SnapshotIds=["snap-0123456789abcdef0"]),
    "InvalidSnapshot.NotFound",
    400,
)
refused(
    "sg nf",
    lambda: ec2.describe_security_groups(GroupIds=["sg-0123456789abcdef0"]),
    "InvalidGroup.NotFound",
    400,
)
refused(
    "sg mal",
    lambda: ec2.describe_security_groups(GroupIds=["xx"]),
    ("InvalidGroupId.Malformed", "InvalidGroup.NotFound"),
    400,
)
refused("sg name nf", lambda: ec2.describe_security_groups(GroupNames=["nope"]), "InvalidGroup.NotFound", 400)
refused("vpc nf", lambda: ec2.describe_vpcs(VpcIds=["vpc-0123456789abcdef0"]), "InvalidVpcID.NotFound", 400)
refused(
    "subnet nf",
    lambda: ec2.describe_subnets(SubnetIds=["subnet-0123456789abcdef0"]),
    "InvalidSubnetID.NotFound",
    400,
)
refused(
    "nat nf",
    lambda: ec2.describe_nat_gateways(NatGatewayIds=["nat-0123456789abcdef0"]),
    "NatGatewayNotFound",
    400,
)
refused(
    "addr nf",
    lambda: ec2.describe_addresses(AllocationIds=["eipalloc-0123456789abcdef0"]),
    "InvalidAllocationID.NotFound",
    400,
)
refused("addr ip nf", lambda: ec2.describe_addresses(PublicIps=["1.2.3.4"]), "InvalidAddress.NotFound", 400)
refused("key nf", lambda: ec2.describe_key_pairs(KeyNames=["nope"]), "InvalidKeyPair.NotFound", 400)
refused(
    "eni nf",
    lambda: ec2.describe_network_interfaces(NetworkInterfaceIds=["eni-0123456789abcdef0"]),
    "InvalidNetworkInterfaceID.NotFound",
    400,
)
refused(
    "rtb nf",
    lambda: ec2.describe_route_tables(RouteTableIds=["rtb-0123456789abcdef0"]),
    "InvalidRouteTableID.NotFound",
    400,
)
refused(
    "igw nf",
    lambda: ec2.describe_internet_gateways(InternetGatewayIds=["igw-0123456789abcdef0"]),
    "InvalidInternetGatewayID.NotFound",
    400,
)
refused(
    "token inst",
    lambda: ec2.describe_instances(NextToken="junk"),
    ("InvalidNextToken", "InvalidParameterValue"),
    400,
)
refused(
    "max inst 4",
    lambda: ec2.describe_instances(MaxResults=4),
    ("InvalidParameterValue", "InvalidMaxResults"),
    400,
)
refused(
    "max inst 1001",
    lambda: ec2.describe_instances(MaxResults=1001),
    ("InvalidParameterValue", "InvalidMaxResults"),
    400,
)
refused(
    "max+ids",
    lambda: ec2.describe_instances(MaxResults=10, InstanceIds=["i-0123456789abcdef0"]),
    ("InvalidParameterCombination",),
    400,
)
refused(
    "filter bad",
    lambda: ec2.describe_instances(Filters=[{"Name": "nonsense", "Values": ["x"]}]),
    "InvalidParameterValue",
    400,
)
refused("dry", lambda: ec2.describe_instances(DryRun=True), "DryRunOperation", 412)

report()
