import type {
  DBEngineVersionMessage,
  DBParameterGroupsMessage,
  DBSubnetGroupMessage,
  DescribeDBEngineVersionsMessage,
  DescribeDBParameterGroupsMessage,
  DescribeDBSubnetGroupsMessage,
  DescribeOrderableDBInstanceOptionsMessage,
  DescribeReservedDBInstancesMessage,
  OrderableDBInstanceOptionsMessage,
  ReservedDBInstanceMessage,
} from '@aws-sdk/client-rds';
import type { Output, RequestContext } from '../../context.ts';
import { findRegion } from '../../regions.ts';
import { ec2Store } from '../ec2/store.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { databaseClasses } from '../pricing/managed-products.ts';
import { ENGINE_LIST, familyOf, findEngine, isCluster } from './engines.ts';
import { pageOf } from './lookup.ts';
import { rdsStore } from './store.ts';

export function describeDBEngineVersions(
  input: DescribeDBEngineVersionsMessage,
  context: RequestContext,
): Output<DBEngineVersionMessage> {
  const all = ENGINE_LIST.flatMap((info) => info.versions.map((version) => ({ info, version }))).filter(
    ({ info, version }) => {
      if (input.Engine !== undefined && info.engine !== input.Engine) return false;
      if (
        input.EngineVersion !== undefined &&
        version !== input.EngineVersion &&
        !version.startsWith(`${input.EngineVersion}.`)
      )
        return false;
      if (input.DefaultOnly === true && version !== info.versions.at(-1)) return false;
      return (
        input.DBParameterGroupFamily === undefined ||
        familyOf(info.engine, version) === input.DBParameterGroupFamily
      );
    },
  );
  const page = pageOf(all, input, (v) => `${v.info.engine}/${v.version}`, context);
  return {
    DBEngineVersions: page.items.map(({ info, version }) => ({
      Engine: info.engine,
      EngineVersion: version,
      MajorEngineVersion: familyOf(info.engine, version).slice(info.engine.length),
      DBParameterGroupFamily: familyOf(info.engine, version),
      DBEngineDescription: info.description,
      DBEngineVersionDescription: `${info.description} ${version}`,
      ValidUpgradeTarget: info.versions
        .filter((v) => info.versions.indexOf(v) > info.versions.indexOf(version))
        .map((v) => ({
          Engine: info.engine,
          EngineVersion: v,
          Description: `${info.description} ${v}`,
          AutoUpgrade: false,
          IsMajorVersionUpgrade: familyOf(info.engine, v) !== familyOf(info.engine, version),
        })),
      Status: 'available',
      SupportsReadReplica: !isCluster(info.engine),
    })),
    Marker: page.Marker,
  };
}

interface Option {
  readonly key: string;
  readonly version: string;
  readonly className: string;
  readonly storage: string;
}

export function describeOrderableDBInstanceOptions(
  input: DescribeOrderableDBInstanceOptionsMessage,
  context: RequestContext,
): Output<OrderableDBInstanceOptionsMessage> {
  const info = findEngine(input.Engine ?? '');
  if (!info) throw new AwsError('InvalidParameterValue', 'Invalid DB engine');
  const versions = info.versions.filter(
    (v) => input.EngineVersion === undefined || v === input.EngineVersion,
  );
  const classes = databaseClasses().filter(
    (c) => input.DBInstanceClass === undefined || c === input.DBInstanceClass,
  );
  const storages = isCluster(info.engine) ? ['aurora'] : ['gp2', 'gp3', 'io1'];
  const options: Option[] = versions.flatMap((version) =>
    classes.flatMap((className) =>
      storages.map((storage) => ({ key: `${version}/${className}/${storage}`, version, className, storage })),
    ),
  );
  const zones = [...(findRegion(context.region)?.zones ?? 'abc')].map((letter) => ({
    Name: `${context.region}${letter}`,
  }));
  const page = pageOf(options, input, (o) => o.key, context);
  return {
    OrderableDBInstanceOptions: page.items.map((o) => ({
      Engine: info.engine,
      EngineVersion: o.version,
      DBInstanceClass: o.className,
      LicenseModel: info.engine.startsWith('postgres') ? 'postgresql-license' : 'general-public-license',
      AvailabilityZones: zones,
      MultiAZCapable: !isCluster(info.engine),
      ReadReplicaCapable: true,
      Vpc: true,
      SupportsStorageEncryption: true,
      StorageType: o.storage,
      SupportsIops: o.storage === 'io1',
      MinStorageSize: o.storage === 'io1' ? 100 : info.minimumGb,
      MaxStorageSize: 65_536,
      ...(o.storage === 'io1' ? { MinIopsPerDbInstance: 1000, MaxIopsPerDbInstance: 80_000 } : {}),
    })),
    Marker: page.Marker,
  };
}

/** Subnet groups: the default one, made of the default VPC's subnets. */
export function describeDBSubnetGroups(
  input: DescribeDBSubnetGroupsMessage,
  context: RequestContext,
): Output<DBSubnetGroupMessage> {
  const ec2 = context.account.store(ec2Store, context.region);
  const groups = ec2.vpcs
    .list()
    .map(({ id, data: vpc }) => {
      const name = vpc.IsDefault ? 'default' : `subnets-${id}`;
      return {
        DBSubnetGroupName: name,
        DBSubnetGroupDescription: vpc.IsDefault ? 'default' : `Subnets of ${id}`,
        DBSubnetGroupArn: context.store(rdsStore).arn('subgrp', name),
        VpcId: id,
        SubnetGroupStatus: 'Complete',
        Subnets: ec2.subnets
          .list()
          .filter((s) => s.data.VpcId === id)
          .map((s) => ({
            SubnetIdentifier: s.id,
            SubnetAvailabilityZone: { Name: s.data.AvailabilityZone },
            SubnetStatus: 'Active',
          })),
        SupportedNetworkTypes: ['IPV4'],
      };
    })
    .filter((g) => g.Subnets.length > 0);
  const wanted = input.DBSubnetGroupName;
  const matching = groups.filter((g) => wanted === undefined || g.DBSubnetGroupName === wanted);
  if (wanted !== undefined && matching.length === 0)
    throw new AwsError('DBSubnetGroupNotFoundFault', `DB subnet group '${wanted}' does not exist.`);
  const page = pageOf(matching, input, (g) => g.DBSubnetGroupName, context);
  return { DBSubnetGroups: [...page.items], Marker: page.Marker };
}

export function describeDBParameterGroups(
  input: DescribeDBParameterGroupsMessage,
  context: RequestContext,
): Output<DBParameterGroupsMessage> {
  const families = [
    ...new Set(ENGINE_LIST.flatMap((info) => info.versions.map((v) => familyOf(info.engine, v)))),
  ];
  const groups = families.map((family) => ({
    DBParameterGroupName: `default.${family}`,
    DBParameterGroupFamily: family,
    Description: `Default parameter group for ${family}`,
    DBParameterGroupArn: context.store(rdsStore).arn('pg', `default.${family}`),
  }));
  const matching = groups.filter(
    (g) => input.DBParameterGroupName === undefined || g.DBParameterGroupName === input.DBParameterGroupName,
  );
  if (matching.length === 0)
    throw new AwsError(
      'DBParameterGroupNotFoundFault',
      `DBParameterGroup not found: ${input.DBParameterGroupName}`,
    );
  const page = pageOf(matching, input, (g) => g.DBParameterGroupName, context);
  return { DBParameterGroups: [...page.items], Marker: page.Marker };
}

/** The simulated accounts hold no reservations. */
export function describeReservedDBInstances(
  _input: DescribeReservedDBInstancesMessage,
  _context: RequestContext,
): Output<ReservedDBInstanceMessage> {
  return { ReservedDBInstances: [] };
}
