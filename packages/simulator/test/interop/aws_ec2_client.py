"""The life of EC2 resources in the simulator, by boto3. Argument: JSON facts; prints a JSON list of what is not as AWS has it."""

import datetime

from aws_checks import client, done, reached, refused, report

ec2 = client("ec2")
img = done(
    "images",
    lambda: ec2.describe_images(Owners=["amazon"], Filters=[{"Name": "architecture", "Values": ["x86_64"]}]),
    lambda r: len(r["Images"]) > 0,
)["Images"][0]["ImageId"]
vpc = done(
    "vpc",
    lambda: ec2.create_vpc(CidrBlock="10.5.0.0/16"),
    lambda r: r["Vpc"]["State"] in ("pending", "available") and r["Vpc"]["IsDefault"] is False,
)["Vpc"]["VpcId"]
refused("vpc cidr", lambda: ec2.create_vpc(CidrBlock="10.5.0.0/8"), "InvalidVpc.Range", 400)
refused("vpc cidr2", lambda: ec2.create_vpc(CidrBlock="foo"), "InvalidParameterValue", 400)
sub = done("sub", lambda: ec2.create_subnet(VpcId=vpc, CidrBlock="10.5.0.0/24"))["Subnet"]["SubnetId"]
refused(
    "sub conflict",
    lambda: ec2.create_subnet(VpcId=vpc, CidrBlock="10.5.0.0/25"),
    "InvalidSubnet.Conflict",
    400,
)
refused(
    "sub range", lambda: ec2.create_subnet(VpcId=vpc, CidrBlock="10.6.0.0/24"), "InvalidSubnet.Range", 400
)
refused(
    "sub az",
    lambda: ec2.create_subnet(VpcId=vpc, CidrBlock="10.5.9.0/24", AvailabilityZone="eu-west-1a"),
    "InvalidParameterValue",
    400,
)
sg = done("sg", lambda: ec2.create_security_group(GroupName="s", Description="d", VpcId=vpc))["GroupId"]
refused(
    "sg dup",
    lambda: ec2.create_security_group(GroupName="s", Description="d", VpcId=vpc),
    "InvalidGroup.Duplicate",
    400,
)
refused(
    "sg reserved",
    lambda: ec2.create_security_group(GroupName="default", Description="d", VpcId=vpc),
    ("InvalidGroup.Reserved", "InvalidParameterValue"),
    400,
)
done(
    "sg ing",
    lambda: ec2.authorize_security_group_ingress(
        GroupId=sg,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        ],
    ),
    lambda r: r["Return"] and r["SecurityGroupRules"],
)
refused(
    "sg ing dup",
    lambda: ec2.authorize_security_group_ingress(
        GroupId=sg,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        ],
    ),
    "InvalidPermission.Duplicate",
    400,
)
run = dict(ImageId=img, MinCount=1, MaxCount=1, InstanceType="t3.micro", SubnetId=sub, SecurityGroupIds=[sg])
refused("run dry", lambda: ec2.run_instances(DryRun=True, **run), "DryRunOperation", 412)
refused(
    "run img",
    lambda: ec2.run_instances(**{**run, "ImageId": "ami-0123456789abcdef0"}),
    "InvalidAMIID.NotFound",
    400,
)
refused(
    "run type",
    lambda: ec2.run_instances(**{**run, "InstanceType": "zz.micro"}),
    ("InvalidParameterValue",),
    400,
)
refused(
    "run arch",
    lambda: ec2.run_instances(**{**run, "InstanceType": "t4g.micro"}),
    ("InvalidParameterValue",),
    400,
)
refused(
    "run sub",
    lambda: ec2.run_instances(**{**run, "SubnetId": "subnet-0123456789abcdef0"}),
    "InvalidSubnetID.NotFound",
    400,
)
refused(
    "run sg",
    lambda: ec2.run_instances(**{**run, "SecurityGroupIds": ["sg-0123456789abcdef0"]}),
    "InvalidGroup.NotFound",
    400,
)
refused("run key", lambda: ec2.run_instances(KeyName="nope", **run), "InvalidKeyPair.NotFound", 400)
refused(
    "run count",
    lambda: ec2.run_instances(**{**run, "MinCount": 3, "MaxCount": 2}),
    ("InvalidParameterValue", "InvalidParameterCombination"),
    400,
)
refused(
    "run small vol",
    lambda: ec2.run_instances(
        BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 1}}], **run
    ),
    ("InvalidBlockDeviceMapping",),
    400,
)
refused(
    "run tagtype",
    lambda: ec2.run_instances(
        TagSpecifications=[{"ResourceType": "nonsense", "Tags": [{"Key": "a", "Value": "b"}]}], **run
    ),
    ("InvalidParameterValue", "InvalidParameter"),
    400,
)
refused(
    "run aws tag",
    lambda: ec2.run_instances(
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "aws:x", "Value": "b"}]}], **run
    ),
    ("InvalidParameterValue", "InvalidParameter"),
    400,
)
r = done(
    "run",
    lambda: ec2.run_instances(
        ClientToken="tok1",
        TagSpecifications=[
            {"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "x"}]},
            {"ResourceType": "volume", "Tags": [{"Key": "v", "Value": "w"}]},
        ],
        **run,
    ),
    lambda r: r["ReservationId"]
    and r["OwnerId"]
    and r["Instances"][0]["State"]["Name"] == "pending"
    and r["Instances"][0]["State"]["Code"] == 0
    and r["Instances"][0]["Placement"]["AvailabilityZone"]
    and isinstance(r["Instances"][0]["LaunchTime"], datetime.datetime)
    and r["Instances"][0]["NetworkInterfaces"],
)
i = r["Instances"][0]["InstanceId"]
done(
    "run again",
    lambda: ec2.run_instances(
        ClientToken="tok1",
        TagSpecifications=[
            {"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "x"}]},
            {"ResourceType": "volume", "Tags": [{"Key": "v", "Value": "w"}]},
        ],
        **run,
    ),
    lambda r: r["Instances"][0]["InstanceId"] == i,
)
refused(
    "run mismatch",
    lambda: ec2.run_instances(ClientToken="tok1", **{**run, "InstanceType": "t3.small"}),
    "IdempotentParameterMismatch",
    400,
)
reached(ec2, "instance_running", InstanceIds=[i])
done(
    "status",
    lambda: ec2.describe_instance_status(InstanceIds=[i]),
    lambda r: r["InstanceStatuses"][0]["InstanceState"]["Name"] == "running",
)
reached(ec2, "instance_status_ok", InstanceIds=[i])
refused(
    "start running type",
    lambda: ec2.modify_instance_attribute(InstanceId=i, InstanceType={"Value": "t3.small"}),
    "IncorrectInstanceState",
    400,
)
done(
    "attr",
    lambda: ec2.describe_instance_attribute(InstanceId=i, Attribute="instanceType"),
    lambda r: r["InstanceType"]["Value"] == "t3.micro",
)
done("attr ud", lambda: ec2.describe_instance_attribute(InstanceId=i, Attribute="userData"))
done("attr term", lambda: ec2.modify_instance_attribute(InstanceId=i, DisableApiTermination={"Value": True}))
refused("term prot", lambda: ec2.terminate_instances(InstanceIds=[i]), "OperationNotPermitted", 400)
done(
    "attr term2", lambda: ec2.modify_instance_attribute(InstanceId=i, DisableApiTermination={"Value": False})
)
done("reboot", lambda: ec2.reboot_instances(InstanceIds=[i]))
done(
    "monitor",
    lambda: ec2.monitor_instances(InstanceIds=[i]),
    lambda r: r["InstanceMonitorings"][0]["Monitoring"]["State"] in ("pending", "enabled"),
)
done(
    "start running",
    lambda: ec2.start_instances(InstanceIds=[i]),
    lambda r: r["StartingInstances"][0]["CurrentState"]["Name"] == "running",
)
done(
    "stop",
    lambda: ec2.stop_instances(InstanceIds=[i]),
    lambda r: r["StoppingInstances"][0]["CurrentState"] == {"Code": 64, "Name": "stopping"}
    and r["StoppingInstances"][0]["PreviousState"] == {"Code": 16, "Name": "running"},
)
reached(ec2, "instance_stopped", InstanceIds=[i])
done("stop stopped", lambda: ec2.stop_instances(InstanceIds=[i]))
done("modtype", lambda: ec2.modify_instance_attribute(InstanceId=i, InstanceType={"Value": "t3.small"}))
refused(
    "modtype bad",
    lambda: ec2.modify_instance_attribute(InstanceId=i, InstanceType={"Value": "zz.small"}),
    ("InvalidInstanceAttributeValue", "InvalidParameterValue"),
    400,
)
refused(
    "stop mix",
    lambda: ec2.stop_instances(InstanceIds=[i, "i-0123456789abcdef0"]),
    "InvalidInstanceID.NotFound",
    400,
)
refused("start dry", lambda: ec2.start_instances(InstanceIds=[i], DryRun=True), "DryRunOperation", 412)
az = ec2.describe_subnets(SubnetIds=[sub])["Subnets"][0]["AvailabilityZone"]
v = done(
    "vol",
    lambda: ec2.create_volume(Size=10, AvailabilityZone=az, VolumeType="gp3"),
    lambda r: r["State"] in ("creating", "available")
    and r["Iops"] == 3000
    and r["Throughput"] == 125
    and r["Attachments"] == [],
)["VolumeId"]
refused(
    "vol az",
    lambda: ec2.create_volume(Size=10, AvailabilityZone="eu-west-1a"),
    ("InvalidZone.NotFound", "InvalidParameterValue"),
    400,
)
refused("vol size", lambda: ec2.create_volume(Size=0, AvailabilityZone=az), ("InvalidParameterValue",), 400)
refused(
    "vol none",
    lambda: ec2.create_volume(AvailabilityZone=az),
    ("MissingParameter", "InvalidParameterCombination"),
    400,
)
refused(
    "vol iops",
    lambda: ec2.create_volume(AvailabilityZone=az, Size=10, VolumeType="io1"),
    ("MissingParameter", "InvalidParameterCombination"),
    400,
)
refused(
    "vol gp2 iops",
    lambda: ec2.create_volume(AvailabilityZone=az, Size=10, VolumeType="gp2", Iops=500),
    ("InvalidParameterCombination", "InvalidParameterValue"),
    400,
)
refused(
    "vol type",
    lambda: ec2.create_volume(AvailabilityZone=az, Size=10, VolumeType="zz9"),
    ("InvalidParameterValue", "UnknownVolumeType"),
    400,
)
reached(ec2, "volume_available", VolumeIds=[v])
done(
    "attach",
    lambda: ec2.attach_volume(VolumeId=v, InstanceId=i, Device="/dev/sdf"),
    lambda r: r["State"] in ("attaching", "attached"),
)
reached(ec2, "volume_in_use", VolumeIds=[v])
refused(
    "attach twice", lambda: ec2.attach_volume(VolumeId=v, InstanceId=i, Device="/dev/sdg"), "VolumeInUse", 400
)
refused("del inuse", lambda: ec2.delete_volume(VolumeId=v), "VolumeInUse", 400)
v2 = ec2.create_volume(Size=10, AvailabilityZone=az, VolumeType="gp3")["VolumeId"]
reached(ec2, "volume_available", VolumeIds=[v2])
refused(
    "attach dev",
    lambda: ec2.attach_volume(VolumeId=v2, InstanceId=i, Device="/dev/sdf"),
    ("InvalidParameterValue",),
    400,
)
done(
    "mod vol",
    lambda: ec2.modify_volume(VolumeId=v, Size=20),
    lambda r: r["VolumeModification"]["ModificationState"] in ("modifying", "optimizing", "completed"),
)
refused(
    "mod vol again",
    lambda: ec2.modify_volume(VolumeId=v, Size=30),
    ("VolumeModificationRateExceeded", "IncorrectModificationState"),
    400,
)
refused("mod shrink", lambda: ec2.modify_volume(VolumeId=v2, Size=5), ("InvalidParameterValue",), 400)
done(
    "desc mods",
    lambda: ec2.describe_volumes_modifications(VolumeIds=[v]),
    lambda r: r["VolumesModifications"][0]["TargetSize"] == 20,
)
refused("detach not", lambda: ec2.detach_volume(VolumeId=v2), "IncorrectState", 400)
done("detach", lambda: ec2.detach_volume(VolumeId=v))
reached(ec2, "volume_available", VolumeIds=[v])
sn = done(
    "snap",
    lambda: ec2.create_snapshot(VolumeId=v, Description="x"),
    lambda r: r["State"] in ("pending", "completed") and r["VolumeSize"] == 20,
)["SnapshotId"]
reached(ec2, "snapshot_completed", SnapshotIds=[sn])
done(
    "copy snap",
    lambda: client("ec2", "eu-west-1").copy_snapshot(SourceRegion="us-east-1", SourceSnapshotId=sn),
    lambda r: r["SnapshotId"],
)
refused(
    "vol snap small",
    lambda: ec2.create_volume(SnapshotId=sn, Size=5, AvailabilityZone=az),
    ("InvalidParameterValue",),
    400,
)
done("vol snap", lambda: ec2.create_volume(SnapshotId=sn, AvailabilityZone=az), lambda r: r["Size"] == 20)
done("del vol", lambda: ec2.delete_volume(VolumeId=v))
reached(ec2, "volume_deleted", VolumeIds=[v])
im = done("image", lambda: ec2.create_image(InstanceId=i, Name="im1"))["ImageId"]
refused("image dup", lambda: ec2.create_image(InstanceId=i, Name="im1"), "InvalidAMIName.Duplicate", 400)
reached(ec2, "image_available", ImageIds=[im])
isnap = ec2.describe_images(ImageIds=[im])["Images"][0]["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
refused("del snap in use", lambda: ec2.delete_snapshot(SnapshotId=isnap), "InvalidSnapshot.InUse", 400)
done("dereg", lambda: ec2.deregister_image(ImageId=im))
done("del snap", lambda: ec2.delete_snapshot(SnapshotId=isnap))
a = done("eip", lambda: ec2.allocate_address(Domain="vpc"), lambda r: r["PublicIp"] and r["AllocationId"])
as_ = done("assoc", lambda: ec2.associate_address(AllocationId=a["AllocationId"], InstanceId=i))
refused(
    "release used", lambda: ec2.release_address(AllocationId=a["AllocationId"]), "InvalidIPAddress.InUse", 400
)
done("disas", lambda: ec2.disassociate_address(AssociationId=as_["AssociationId"]))
done("release", lambda: ec2.release_address(AllocationId=a["AllocationId"]))
refused(
    "release again",
    lambda: ec2.release_address(AllocationId=a["AllocationId"]),
    "InvalidAllocationID.NotFound",
    400,
)
k = done(
    "key",
    lambda: ec2.create_key_pair(KeyName="k"),
    lambda r: "PRIVATE KEY" in r["KeyMaterial"] and r["KeyPairId"],
)
refused("key dup", lambda: ec2.create_key_pair(KeyName="k"), "InvalidKeyPair.Duplicate", 400)
done("tags", lambda: ec2.create_tags(Resources=[i], Tags=[{"Key": "é🚀", "Value": "ü" * 255}]))
refused(
    "tags long",
    lambda: ec2.create_tags(Resources=[i], Tags=[{"Key": "a", "Value": "ü" * 257}]),
    ("InvalidParameterValue",),
    400,
)
refused(
    "tags longk",
    lambda: ec2.create_tags(Resources=[i], Tags=[{"Key": "a" * 129, "Value": "ü"}]),
    ("InvalidParameterValue",),
    400,
)
refused(
    "tags 51",
    lambda: ec2.create_tags(Resources=[i], Tags=[{"Key": "a%d" % n, "Value": "x"} for n in range(51)]),
    "TagLimitExceeded",
    400,
)
refused(
    "tags nf",
    lambda: ec2.create_tags(Resources=["i-0123456789abcdef0"], Tags=[{"Key": "a", "Value": "b"}]),
    "InvalidInstanceID.NotFound",
    400,
)
refused(
    "tags id", lambda: ec2.create_tags(Resources=["zzz"], Tags=[{"Key": "a", "Value": "b"}]), "InvalidID", 400
)
done(
    "dtags",
    lambda: ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [i]}]),
    lambda r: len(r["Tags"]) == 2 and r["Tags"][0]["ResourceType"] == "instance",
)
done(
    "tagfilter",
    lambda: ec2.describe_instances(
        Filters=[
            {"Name": "tag:Name", "Values": ["x*"]},
            {"Name": "instance-state-name", "Values": ["stopped"]},
        ]
    ),
    lambda r: len(r["Reservations"]) == 1,
)
refused("del sub", lambda: ec2.delete_subnet(SubnetId=sub), "DependencyViolation", 400)
refused("del vpc", lambda: ec2.delete_vpc(VpcId=vpc), "DependencyViolation", 400)
refused("del sg", lambda: ec2.delete_security_group(GroupId=sg), "DependencyViolation", 400)
igw = done("igw", lambda: ec2.create_internet_gateway())["InternetGateway"]["InternetGatewayId"]
done("att", lambda: ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=vpc))
refused(
    "att2",
    lambda: ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=vpc),
    "Resource.AlreadyAssociated",
    400,
)
refused("del igw", lambda: ec2.delete_internet_gateway(InternetGatewayId=igw), "DependencyViolation", 400)
rt = done("rt", lambda: ec2.create_route_table(VpcId=vpc))["RouteTable"]["RouteTableId"]
done("route", lambda: ec2.create_route(RouteTableId=rt, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw))
refused(
    "route dup",
    lambda: ec2.create_route(RouteTableId=rt, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw),
    "RouteAlreadyExists",
    400,
)
ra = done(
    "rta", lambda: ec2.associate_route_table(RouteTableId=rt, SubnetId=sub), lambda r: r["AssociationId"]
)
a2 = ec2.allocate_address(Domain="vpc")["AllocationId"]
nat = done(
    "nat",
    lambda: ec2.create_nat_gateway(SubnetId=sub, AllocationId=a2),
    lambda r: r["NatGateway"]["State"] == "pending",
)["NatGateway"]["NatGatewayId"]
reached(ec2, "nat_gateway_available", NatGatewayIds=[nat])
done("del nat", lambda: ec2.delete_nat_gateway(NatGatewayId=nat))
reached(ec2, "nat_gateway_deleted", NatGatewayIds=[nat])
done(
    "term",
    lambda: ec2.terminate_instances(InstanceIds=[i]),
    lambda r: r["TerminatingInstances"][0]["CurrentState"]["Name"] in ("shutting-down", "terminated"),
)
reached(ec2, "instance_terminated", InstanceIds=[i])
refused("start term", lambda: ec2.start_instances(InstanceIds=[i]), "IncorrectInstanceState", 400)
done(
    "vpcattr",
    lambda: ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsSupport"),
    lambda r: r["EnableDnsSupport"]["Value"] is True,
)
done(
    "paginate types",
    lambda: sum(
        len(p["InstanceTypes"])
        for p in ec2.get_paginator("describe_instance_types").paginate(PaginationConfig={"PageSize": 5})
    ),
    lambda n: n > 50,
)

report()
