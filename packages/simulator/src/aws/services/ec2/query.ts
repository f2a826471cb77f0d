import { createHash } from 'node:crypto';
import type { Filter, Tag } from '@aws-sdk/client-ec2';
import { matchesGlob } from '../../auth/policy.ts';
import type { Entity } from '../../collection.ts';
import type { RequestContext } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import type { Ec2Store, Taggable } from './store.ts';

/** A filterable field: the values an object has under a filter name. */
export type FieldTable<T> = Readonly<Record<string, (data: T) => FieldValue>>;
type FieldValue = string | number | boolean | Date | undefined | readonly (string | number | undefined)[];

/** How a kind of object is named, found and refused. */
export interface KindInfo {
  readonly prefix: string;
  readonly notFound: string;
  readonly malformed: string;
  readonly noun: string;
}

function kind(prefix: string, notFound: string, malformed: string, noun: string): KindInfo {
  return { prefix, notFound, malformed, noun };
}

/** Names of kinds in errors, as EC2 words them. */
export const KINDS = {
  instance: kind('i', 'InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed', 'instance ID'),
  volume: kind('vol', 'InvalidVolume.NotFound', 'InvalidVolumeID.Malformed', 'volume'),
  snapshot: kind('snap', 'InvalidSnapshot.NotFound', 'InvalidSnapshotID.Malformed', 'snapshot'),
  image: kind('ami', 'InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'image id'),
  address: kind('eipalloc', 'InvalidAllocationID.NotFound', 'InvalidAllocationID.Malformed', 'allocation ID'),
  vpc: kind('vpc', 'InvalidVpcID.NotFound', 'InvalidVpcID.Malformed', 'vpc ID'),
  subnet: kind('subnet', 'InvalidSubnetID.NotFound', 'InvalidSubnetID.Malformed', 'subnet ID'),
  securityGroup: kind('sg', 'InvalidGroup.NotFound', 'InvalidGroupId.Malformed', 'security group'),
  routeTable: kind('rtb', 'InvalidRouteTableID.NotFound', 'InvalidRouteTableId.Malformed', 'routeTable ID'),
  internetGateway: kind(
    'igw',
    'InvalidInternetGatewayID.NotFound',
    'InvalidInternetGatewayId.Malformed',
    'internetGateway ID',
  ),
  natGateway: kind('nat', 'NatGatewayNotFound', 'NatGatewayMalformed', 'NatGateway'),
  networkInterface: kind(
    'eni',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
    'networkInterface ID',
  ),
  launchTemplate: kind(
    'lt',
    'InvalidLaunchTemplateId.NotFound',
    'InvalidLaunchTemplateId.Malformed',
    'launch template ID',
  ),
  capacityReservation: kind(
    'cr',
    'InvalidCapacityReservationId.NotFound',
    'InvalidCapacityReservationId.Malformed',
    'capacity reservation ID',
  ),
  host: kind('h', 'InvalidHostID.NotFound', 'InvalidHostID.Malformed', 'host ID'),
  vpnConnection: kind(
    'vpn',
    'InvalidVpnConnectionID.NotFound',
    'InvalidVpnConnectionID.Malformed',
    'vpnConnection ID',
  ),
  transitAttachment: kind(
    'tgw-attach',
    'InvalidTransitGatewayAttachmentID.NotFound',
    'InvalidTransitGatewayAttachmentId.Malformed',
    'transitGatewayAttachment ID',
  ),
  vpcEndpoint: kind(
    'vpce',
    'InvalidVpcEndpointId.NotFound',
    'InvalidVpcEndpointId.Malformed',
    'Vpc Endpoint Id',
  ),
  keyPair: kind('key', 'InvalidKeyPair.NotFound', 'InvalidKeyPair.Malformed', 'key pair'),
} as const;

/** Refuses an id that has not the form `prefix-` and 8 or 17 hexadecimal digits. */
export function checkId(info: KindInfo, id: string): void {
  if (new RegExp(`^${info.prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id)) return;
  throw new AwsError(info.malformed, `Invalid id: "${id}" (expecting "${info.prefix}-...")`);
}

export function notFound(info: KindInfo, ids: readonly string[]): AwsError {
  const list = ids.join(', ');
  return new AwsError(
    info.notFound,
    ids.length === 1
      ? `The ${info.noun} '${list}' does not exist`
      : `The ${info.noun}s '${list}' do not exist`,
  );
}

interface Lookup<T> {
  get(id: string): Entity<T> | undefined;
}

/** One object by id, honouring the eventual-consistency fault; throws the kind's own NotFound. */
export function need<T>(
  collection: Lookup<T>,
  info: KindInfo,
  id: string | undefined,
  context: RequestContext,
): Entity<T> {
  if (id === undefined || id === '') throw missing(info.noun);
  checkId(info, id);
  const entity = collection.get(id);
  if (!entity || !context.isVisible(entity.createdAt)) throw notFound(info, [id]);
  return entity;
}

/** Several objects by id; all ids are checked before any is used, so one bad id fails the whole call. */
export function needAll<T>(
  collection: Lookup<T>,
  info: KindInfo,
  ids: readonly string[],
  context: RequestContext,
): Entity<T>[] {
  if (ids.length > 1000) throw new AwsError('InvalidParameterValue', 'At most 1000 ids may be given');
  for (const id of ids) checkId(info, id);
  const found = ids.map((id) => [id, collection.get(id)] as const);
  const absent = found
    .filter(([, entity]) => !entity || !context.isVisible(entity.createdAt))
    .map(([id]) => id);
  if (absent.length > 0) throw notFound(info, absent);
  return found.flatMap(([, entity]) => entity ?? []);
}

/** The refusal of a call that lacks a parameter. */
export function missing(parameter: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}`);
}

function valuesOf(value: FieldValue): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value))
    return (value as readonly (string | number | undefined)[]).flatMap((v) =>
      v === undefined ? [] : String(v),
    );
  return [value instanceof Date ? value.toISOString() : String(value)];
}

function tagValues(name: string, tags: readonly Tag[]): readonly string[] | undefined {
  if (name === 'tag-key') return tags.map((t) => t.Key ?? '');
  if (name === 'tag-value') return tags.map((t) => t.Value ?? '');
  if (!name.startsWith('tag:')) return undefined;
  const key = name.slice('tag:'.length);
  return tags.filter((t) => t.Key === key).map((t) => t.Value ?? '');
}

/** Builds a predicate from request filters: names are joined by and, values by or, with `*` and `?`. */
export function filterBy<T>(
  filters: readonly Filter[] | undefined,
  fields: FieldTable<T>,
  tagsOf: (data: T) => readonly Tag[] | undefined,
): (data: T) => boolean {
  const tests = (filters ?? []).map(({ Name: name, Values: values }) => {
    if (!name) throw missing('Filter.1.Name');
    if (!values || values.length === 0) throw missing(`the filter values of ${name}`);
    if (values.length > 200)
      throw new AwsError('FilterLimitExceeded', 'The maximum number of filter values is 200');
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field && !name.startsWith('tag'))
      throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
    return (data: T): boolean => {
      const actual = field ? valuesOf(field(data)) : (tagValues(name, tagsOf(data) ?? []) ?? []);
      return actual.some((text) => values.some((pattern) => matchesGlob(pattern, text)));
    };
  });
  return (data) => tests.every((test) => test(data));
}

/** What all paged describe calls have in common. */
export interface DescribeInput {
  readonly Filters?: Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface PageBounds {
  readonly min: number;
  readonly max: number;
}

/** The usual bounds of EC2's describe calls. */
export const USUAL_BOUNDS: PageBounds = { min: 5, max: 1000 };

/** Refuses a page size outside the bounds, and one given together with ids. */
export function checkPageSize(
  input: DescribeInput,
  ids: readonly string[] | undefined,
  idsName: string,
  bounds = USUAL_BOUNDS,
): void {
  const size = input.MaxResults;
  if (size === undefined) return;
  if (ids && ids.length > 0) {
    throw new AwsError(
      'InvalidParameterCombination',
      `The parameter ${idsName} cannot be used with the parameter maxResults`,
    );
  }
  if (!Number.isInteger(size) || size < bounds.min || size > bounds.max) {
    const text = `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value between ${bounds.min} and ${bounds.max}.`;
    throw new AwsError('InvalidParameterValue', text);
  }
}

/** Cuts one page; without MaxResults the server's own limit of 1,000 (or the call's maximum) holds. */
export function pageOf<T>(
  items: readonly T[],
  input: DescribeInput,
  keyOf: (item: T) => string,
  context: RequestContext,
  bounds = USUAL_BOUNDS,
): { items: readonly T[]; NextToken: string | undefined } {
  const { NextToken: token, MaxResults: limit, ...parameters } = input;
  const page = paginate(
    items,
    {
      token,
      limit,
      defaultLimit: bounds.max,
      parameters,
      keyOf,
      invalidToken: () => new AwsError('InvalidNextToken', 'The token is invalid or expired'),
    },
    context,
  );
  return { items: page.items, NextToken: page.nextToken };
}

interface Listing<T> extends Lookup<T> {
  list(): Entity<T>[];
}

/** The whole of an ordinary describe call: ids or listing, filters, paging. */
export function describe<T>(
  collection: Listing<T>,
  info: KindInfo,
  ids: readonly string[] | undefined,
  input: DescribeInput,
  fields: FieldTable<T>,
  context: RequestContext,
  tagsOf: (data: T) => readonly Tag[] | undefined = (data) => (data as Taggable).Tags,
): { data: T[]; NextToken: string | undefined } {
  checkPageSize(input, ids, `${info.prefix}Ids`);
  const test = filterBy(input.Filters, fields, tagsOf);
  const source = ids && ids.length > 0 ? needAll(collection, info, ids, context) : collection.list();
  const matching = source.filter((e) => test(e.data) && context.isVisible(e.createdAt));
  const page = pageOf(matching, input, (e) => e.id, context);
  return { data: page.items.map((e) => e.data), NextToken: page.NextToken };
}

/**
 * Runs a creation once per ClientToken: the same token and input give the first answer again.
 * @throws AwsError IdempotentParameterMismatch when the input differs.
 */
export function once<T>(
  store: Ec2Store,
  operation: string,
  input: { ClientToken?: string | undefined },
  create: () => T,
): T {
  const { ClientToken: token, ...rest } = input;
  if (!token) return create();
  const digest = createHash('sha256').update(JSON.stringify(rest)).digest('hex');
  const key = `${operation}/${token}`;
  const known = store.tokens.get(key);
  if (known) {
    if (known.digest !== digest) {
      throw new AwsError(
        'IdempotentParameterMismatch',
        'The request uses the same client token as a previous, but non-identical request',
      );
    }
    return known.output as T;
  }
  const output = create();
  store.tokens.set(key, { digest, output });
  return output;
}
