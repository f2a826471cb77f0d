import { invalidInput } from '../errors.ts';
import type { AccessTemplate, AccessTemplateRequest, Feature } from '../permissions.ts';
import { PERMISSIONS } from './permissions.ts';

/** Order and titles of the policy's statements. */
const STATEMENTS: readonly (readonly [Feature, string])[] = [
  ['inventory', 'CloudAtlasInventory'],
  ['metrics', 'CloudAtlasMetrics'],
  ['costs', 'CloudAtlasCosts'],
  ['operate', 'CloudAtlasOperate'],
  ['create', 'CloudAtlasCreate'],
  ['delete', 'CloudAtlasDelete'],
];

/** So many actions stay well below the size of one managed policy. */
const ACTIONS_PER_STATEMENT = 120;

/** Services that roles are handed to: to functions that are made, to instances and tasks that come back. */
const ROLE_TAKERS: Readonly<Partial<Record<Feature, string>>> = {
  operate: 'ecs-tasks.amazonaws.com',
  create: 'lambda.amazonaws.com',
  delete: 'ec2.amazonaws.com',
};

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An IAM policy (version 2012-10-17). */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** The least policy for the features: the actions of the permission table, each in one statement. */
export function policyDocument(features: readonly Feature[]): PolicyDocument {
  const used = new Set<string>();
  const statements: Statement[] = [];
  for (const [feature, Sid] of STATEMENTS) {
    if (!features.includes(feature)) continue;
    const actions = PERMISSIONS.filter((p) => p.feature === feature && !used.has(p.action)).map(
      (p) => p.action,
    );
    const plain = actions.filter((a) => a !== 'iam:PassRole').sort();
    plain.forEach((a) => used.add(a));
    for (let at = 0; at < plain.length; at += ACTIONS_PER_STATEMENT) {
      const Action = plain.slice(at, at + ACTIONS_PER_STATEMENT);
      const part = at === 0 ? Sid : `${Sid}${at / ACTIONS_PER_STATEMENT + 1}`;
      statements.push({ Sid: part, Effect: 'Allow', Action, Resource: '*' });
    }
    // Handing on any role to any service would be a way to every permission of the account.
    if (actions.includes('iam:PassRole')) {
      statements.push({
        Sid: `${Sid}PassRole`,
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: '*',
        Condition: {
          StringEquals: { 'iam:PassedToService': ROLE_TAKERS[feature] ?? 'lambda.amazonaws.com' },
        },
      });
    }
  }
  return { Version: '2012-10-17', Statement: statements };
}

function trustPolicy(principal: string, externalId: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        // The confused deputy: without it, anyone who knows the role's name could have CloudAtlas use it.
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      },
    ],
  };
}

/** Managed policies hold at most 6,144 characters without white space (IAM quotas), so the template splits by statement. */
const MAX_POLICY = 6_144;

/** Statements in as few policies as fit. */
export function splitPolicies(document: PolicyDocument): PolicyDocument[] {
  const parts: Statement[][] = [];
  for (const statement of document.Statement) {
    const last = parts.at(-1);
    const together =
      last && JSON.stringify({ Version: document.Version, Statement: [...last, statement] }).length;
    if (last && together !== undefined && together <= MAX_POLICY) last.push(statement);
    else parts.push([statement]);
  }
  return parts.map((Statement) => ({ Version: '2012-10-17', Statement }));
}

function cloudFormation(features: readonly Feature[], principal: string, externalId: string): string {
  const policies = splitPolicies(policyDocument(features));
  const names = policies.map((_, i) => `CloudAtlasPolicy${i + 1}`);
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Role for CloudAtlas',
    Parameters: {
      RoleName: {
        Type: 'String',
        Default: 'CloudAtlas',
        AllowedPattern: '[\\w+=,.@-]{1,64}',
        Description: 'Name of the role',
      },
      ExternalId: {
        Type: 'String',
        Default: externalId,
        MinLength: 2,
        MaxLength: 1224,
        NoEcho: true,
        Description: 'Shared with CloudAtlas; keep it as it is',
      },
    },
    Resources: {
      ...Object.fromEntries(
        names.map((name, i) => [
          name,
          {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: { Description: 'Permissions of CloudAtlas', PolicyDocument: policies[i] },
          },
        ]),
      ),
      CloudAtlasRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: principal },
                Action: 'sts:AssumeRole',
                Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
              },
            ],
          },
          ManagedPolicyArns: names.map((name) => ({ Ref: name })),
        },
      },
    },
    Outputs: {
      RoleArn: {
        Description: 'Enter this in CloudAtlas',
        Value: { 'Fn::GetAtt': ['CloudAtlasRole', 'Arn'] },
      },
    },
  };
  return JSON.stringify(template, undefined, 2);
}

function trustedArn(principal: string): string {
  if (/^\d{12}$/.test(principal)) return `arn:aws:iam::${principal}:root`;
  if (/^arn:aws[a-z-]*:iam::\d{12}:(root|role\/.+|user\/.+)$/.test(principal)) return principal;
  throw invalidInput([
    { field: 'trustedPrincipal', message: 'is neither an account id nor the ARN of a role or user' },
  ]);
}

/** Policy, and with a trusted principal the trust policy and a CloudFormation template that makes the role. */
export function accessTemplates(request: AccessTemplateRequest): AccessTemplate[] {
  const policy = JSON.stringify(policyDocument(request.features), undefined, 2);
  const templates: AccessTemplate[] = [
    {
      id: 'aws-policy',
      label: 'IAM policy',
      fileName: 'cloudatlas-policy.json',
      mediaType: 'application/json',
      text: policy,
    },
  ];
  if (request.trustedPrincipal === undefined) return templates;
  if (!request.externalId)
    throw invalidInput([{ field: 'externalId', message: 'is needed with a trusted principal' }]);
  const principal = trustedArn(request.trustedPrincipal);
  return [
    ...templates,
    {
      id: 'aws-trust-policy',
      label: 'Trust policy',
      fileName: 'cloudatlas-trust-policy.json',
      mediaType: 'application/json',
      text: JSON.stringify(trustPolicy(principal, request.externalId), undefined, 2),
    },
    {
      id: 'aws-cloudformation',
      label: 'CloudFormation template',
      fileName: 'cloudatlas-role.template.json',
      mediaType: 'application/json',
      text: cloudFormation(request.features, principal, request.externalId),
    },
  ];
}
