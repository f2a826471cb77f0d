import { SCENARIOS, type ScenarioName, type ScenarioOptions } from '../scenarios/scenarios.ts';
import type { FaultEffect, FaultSpec, FaultTarget } from './faults.ts';

/** A request the control API can't take; the message says why. */
export class BadControlRequest extends Error {}

/** A parsed JSON object. */
export type Body = Readonly<Record<string, unknown>>;

/** A number of 0 or more. */
export function readNumber(body: Body, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new BadControlRequest(`${name} must be a number of 0 or more`);
  }
  return value;
}

function optionalNumber(body: Body, name: string): number | undefined {
  return body[name] === undefined ? undefined : readNumber(body, name);
}

function optionalText(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value !== undefined && typeof value !== 'string') throw new BadControlRequest(`${name} must be a text`);
  return value;
}

function readText(body: Body, name: string): string {
  const value = optionalText(body, name);
  if (!value) throw new BadControlRequest(`${name} is missing`);
  return value;
}

/** Checks that a value is a JSON object. */
export function readObject(value: unknown, name: string): Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadControlRequest(`${name} must be an object`);
  }
  return value as Body;
}

/** Leaves undefined members out, so that absent stays absent. */
function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>;
}

const EFFECTS: Readonly<Record<FaultEffect['kind'], (body: Body) => FaultEffect>> = {
  throttle: (b) => ({
    kind: 'throttle',
    ...defined({ retryAfterSeconds: optionalNumber(b, 'retryAfterSeconds') }),
  }),
  deny: () => ({ kind: 'deny' }),
  latency: (b) => ({ kind: 'latency', milliseconds: readNumber(b, 'milliseconds') }),
  'html-error': (b) => ({ kind: 'html-error', ...defined({ status: optionalNumber(b, 'status') }) }),
  error: (b) => ({
    kind: 'error',
    code: readText(b, 'code'),
    ...defined({ message: optionalText(b, 'message'), status: optionalNumber(b, 'status') }),
  }),
  truncate: () => ({ kind: 'truncate' }),
  reset: () => ({ kind: 'reset' }),
  'reset-after-work': () => ({ kind: 'reset-after-work' }),
  'operation-fails': (b) => ({
    kind: 'operation-fails',
    code: readText(b, 'code'),
    ...defined({ message: optionalText(b, 'message') }),
  }),
  'partial-pages': (b) => ({ kind: 'partial-pages', maxItems: Math.max(1, readNumber(b, 'maxItems')) }),
  'empty-page': () => ({ kind: 'empty-page' }),
  'repeat-token': () => ({ kind: 'repeat-token' }),
  'eventual-consistency': (b) => ({ kind: 'eventual-consistency', seconds: readNumber(b, 'seconds') }),
};

function readTarget(value: unknown): FaultTarget {
  const body = readObject(value, 'target');
  const { actions } = body;
  if (actions !== undefined && !(Array.isArray(actions) && actions.every((a) => typeof a === 'string'))) {
    throw new BadControlRequest('target.actions must be a list of texts');
  }
  return defined({
    actions,
    region: optionalText(body, 'region'),
    accountId: optionalText(body, 'accountId'),
    accessKeyId: optionalText(body, 'accessKeyId'),
    principal: optionalText(body, 'principal'),
  });
}

/** Reads a fault: `{effect: {kind, …}, target?, times?, forSeconds?, every?}`. */
export function readFault(body: Body): FaultSpec {
  const effect = readObject(body['effect'], 'effect');
  const kind = readText(effect, 'kind');
  const read = Object.hasOwn(EFFECTS, kind) ? EFFECTS[kind as FaultEffect['kind']] : undefined;
  if (!read) throw new BadControlRequest(`effect.kind must be one of ${Object.keys(EFFECTS).join(', ')}`);
  return {
    effect: read(effect),
    ...(body['target'] === undefined ? {} : { target: readTarget(body['target']) }),
    ...defined({
      times: optionalNumber(body, 'times'),
      forSeconds: optionalNumber(body, 'forSeconds'),
      every: optionalNumber(body, 'every'),
    }),
  };
}

/** Reads which scenario to load: `{name, seed?, resources?, accounts?, mix?}`. */
export function readScenario(body: Body): {
  name: ScenarioName;
  options: ScenarioOptions & { seed?: string };
} {
  const name = SCENARIOS.find((known) => known === body['name']);
  if (!name) throw new BadControlRequest(`name must be one of ${SCENARIOS.join(', ')}`);
  const mix = body['mix'];
  if (mix !== undefined && mix !== 'mixed' && mix !== 'volumes') {
    throw new BadControlRequest('mix is mixed or volumes');
  }
  const options = defined<ScenarioOptions & { seed?: string | undefined }>({
    seed: optionalText(body, 'seed'),
    resources: optionalNumber(body, 'resources'),
    accounts: optionalNumber(body, 'accounts'),
    mix,
  });
  return { name, options };
}
