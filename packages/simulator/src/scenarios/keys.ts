import type { PolicyDocument } from '../aws/auth/policy.ts';
import type { Account, World } from '../aws/world.ts';
import type { ScenarioKey, ScenarioRole } from './scenarios.ts';

/** Allows everything. */
export const ADMIN_POLICY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};

/** Reads of every simulated service, and nothing else. */
export const READ_ONLY_POLICY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Action: ['*:Describe*', '*:List*', '*:Get*', 'iam:SimulatePrincipalPolicy', 'iam:SimulateCustomPolicy'],
    Resource: '*',
  },
};

/** Makes a user with a key; the key is derived from seed, account and name. */
export function makeKey(world: World, account: Account, name: string, policy: PolicyDocument): ScenarioKey {
  const { accessKeyId, secretAccessKey } = world.addUser(account, name, { policies: { [name]: policy } });
  return { label: name, accountId: account.id, accessKeyId, secretAccessKey };
}

/** Makes a role that the given account may assume with an external id. */
export function makeRole(
  world: World,
  account: Account,
  name: string,
  policy: PolicyDocument,
  trust: { readonly accountId: string; readonly externalId?: string },
): ScenarioRole {
  world.addRole(account, name, {
    policies: { [name]: policy },
    trustPolicy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::${trust.accountId}:root` },
        ...(trust.externalId === undefined
          ? {}
          : { Condition: { StringEquals: { 'sts:ExternalId': trust.externalId } } }),
      },
    },
  });
  return { label: name, arn: `arn:aws:iam::${account.id}:role/${name}`, externalId: trust.externalId };
}
