import { describe, expect, test } from 'vitest';
import { evaluate, matchesGlob, trusts, type PolicyDocument, type PolicyStatement } from './policy.ts';

function policy(...Statement: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement };
}

function ask(
  documents: PolicyDocument[],
  action: string,
  resource = '*',
  context: Record<string, string> = {},
) {
  return evaluate(documents, { action, resource, context });
}

const ALLOW_READ: PolicyStatement = { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' };

describe('evaluation', () => {
  test('nothing allows nothing', () => {
    expect(ask([], 'ec2:DescribeInstances')).toBe('implicitDeny');
  });

  test('action globs ignore case, resources do not', () => {
    expect(ask([policy(ALLOW_READ)], 'EC2:describeinstances')).toBe('allowed');
    expect(ask([policy(ALLOW_READ)], 'ec2:StopInstances')).toBe('implicitDeny');
    const one = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::Bucket/*' });
    expect(ask([one], 's3:GetObject', 'arn:aws:s3:::Bucket/a/b')).toBe('allowed');
    expect(ask([one], 's3:GetObject', 'arn:aws:s3:::bucket/a')).toBe('implicitDeny');
  });

  test('an explicit deny wins over any allow, in any document and order', () => {
    const deny = policy({ Effect: 'Deny', Action: 'ec2:DescribeInstances', Resource: '*' });
    expect(ask([policy(ALLOW_READ), deny], 'ec2:DescribeInstances')).toBe('explicitDeny');
    expect(ask([deny, policy(ALLOW_READ)], 'ec2:DescribeInstances')).toBe('explicitDeny');
  });

  test('NotAction and NotResource', () => {
    const allButIam = policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' });
    expect(ask([allButIam], 'ec2:RunInstances')).toBe('allowed');
    expect(ask([allButIam], 'iam:CreateUser')).toBe('implicitDeny');
    const allButOne = policy({ Effect: 'Allow', Action: '*', NotResource: 'arn:x' });
    expect(ask([allButOne], 's3:GetObject', 'arn:x')).toBe('implicitDeny');
  });

  test('conditions: region, tag, missing key, unknown operator', () => {
    const regional = policy({
      ...ALLOW_READ,
      Condition: { StringEquals: { 'aws:RequestedRegion': ['sa-east-1', 'us-east-1'] } },
    });
    expect(ask([regional], 'ec2:DescribeInstances', '*', { 'aws:requestedregion': 'sa-east-1' })).toBe(
      'allowed',
    );
    expect(ask([regional], 'ec2:DescribeInstances', '*', { 'aws:requestedregion': 'eu-west-1' })).toBe(
      'implicitDeny',
    );
    expect(ask([regional], 'ec2:DescribeInstances')).toBe('implicitDeny');
    const unknown = policy({ ...ALLOW_READ, Condition: { NumericLessThan: { 'x:y': '3' } } });
    expect(ask([unknown], 'ec2:DescribeInstances', '*', { 'x:y': '1' })).toBe('implicitDeny');
  });

  test('globs: special characters are literal', () => {
    expect(matchesGlob('a.c', 'abc')).toBe(false);
    expect(matchesGlob('a?c*', 'abcdef')).toBe(true);
    expect(matchesGlob('*(x)*', 'a (x) b')).toBe(true);
  });
});

describe('trust policies', () => {
  const trust = (statement: Partial<PolicyStatement>): PolicyDocument =>
    policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111122223333' }, ...statement });
  const callers = ['arn:aws:iam::111122223333:user/x', 'arn:aws:iam::111122223333:root'];
  const query = (externalId?: string) => ({
    action: 'sts:AssumeRole',
    resource: 'r',
    context: { 'sts:externalid': externalId },
  });

  test('the account id stands for its root', () => {
    expect(trusts(trust({}), callers, query())).toBe(true);
    expect(trusts(trust({ Principal: { AWS: '999999999999' } }), callers, query())).toBe(false);
    expect(trusts(trust({ Principal: { Service: 'ec2.amazonaws.com' } }), callers, query())).toBe(false);
  });

  test('the external id must match and must be there', () => {
    const document = trust({ Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } });
    expect(trusts(document, callers, query('secret'))).toBe(true);
    expect(trusts(document, callers, query('other'))).toBe(false);
    expect(trusts(document, callers, query())).toBe(false);
  });
});
