import type {
  AssumeRoleRequest,
  AssumeRoleResponse,
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse,
  GetCallerIdentityResponse,
} from '@aws-sdk/client-sts';
import { trusts } from '../../auth/policy.ts';
import type { RequestContext, ServiceDefinition } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';

function getCallerIdentity(_input: unknown, context: RequestContext): GetCallerIdentityResponse {
  const { accountId, arn, userId } = context.principal;
  return { Account: accountId, Arn: arn, UserId: userId };
}

function refuse(context: RequestContext, roleArn: string): AwsError {
  const text = `User: ${context.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return new AwsError('AccessDenied', text, 403);
}

/** The names under which a trust policy may list the caller. */
function callerArns(context: RequestContext): string[] {
  const { arn, accountId, kind, name } = context.principal;
  const role = kind === 'role-session' ? [`arn:aws:iam::${accountId}:role/${name}`] : [];
  return [arn, `arn:aws:iam::${accountId}:root`, ...role];
}

const MAX_CHAINED_SECONDS = 3600;

/**
 * Opens a role session. The role's trust policy decides, including `sts:ExternalId`; across accounts the
 * caller also needs permission on its own side (checked here, since the resource is the role's ARN).
 * A role that doesn't exist is refused like one that doesn't trust the caller, as AWS does.
 */
function assumeRole(input: AssumeRoleRequest, context: RequestContext): AssumeRoleResponse {
  const roleArn = input.RoleArn ?? '';
  const sessionName = input.RoleSessionName ?? '';
  if (!/^arn:aws:iam::\d{12}:role\/.+/.test(roleArn))
    throw new AwsError('ValidationError', `${roleArn} is invalid`, 400);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new AwsError(
      'ValidationError',
      `Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint`,
      400,
    );
  }
  const [accountId = '', path = ''] = roleArn.slice('arn:aws:iam::'.length).split(':role/');
  const account = context.world.accounts.get(accountId);
  const role = account?.identity.roles.get(path.split('/').pop() ?? '');
  const query = {
    action: 'sts:AssumeRole',
    resource: roleArn,
    context: {
      'sts:externalid': input.ExternalId,
      'aws:principalarn': context.principal.arn,
      'aws:principalaccount': context.principal.accountId,
    },
  };
  if (!account || !role || !trusts(role.trustPolicy, callerArns(context), query))
    throw refuse(context, roleArn);
  if (accountId !== context.account.id) context.authorize('sts:AssumeRole', roleArn);
  const chained = context.principal.kind === 'role-session';
  const seconds = input.DurationSeconds ?? 3600;
  const limit = chained ? MAX_CHAINED_SECONDS : role.maxSessionSeconds;
  if (seconds < 900 || seconds > limit) {
    const text = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    throw new AwsError('ValidationError', text, 400);
  }
  const session = context.world.openSession(account, role, sessionName, Date.now() + seconds * 1000);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(session.expiresAt ?? 0),
    },
    AssumedRoleUser: { AssumedRoleId: session.principal.userId, Arn: session.principal.arn },
  };
}

function decodeAuthorizationMessage(
  input: DecodeAuthorizationMessageRequest,
): DecodeAuthorizationMessageResponse {
  const [, action] = Buffer.from(input.EncodedMessage ?? '', 'base64url')
    .toString('utf8')
    .split(/:(.*)/s);
  if (!action) throw new AwsError('InvalidAuthorizationMessageException', 'Message is invalid', 400);
  return { DecodedMessage: JSON.stringify({ allowed: false, explicitDeny: false, context: { action } }) };
}

/** AWS Security Token Service. */
export const sts: ServiceDefinition = {
  iamPrefix: 'sts',
  // AssumeRole is decided by the trust policy inside the handler.
  openOperations: new Set(['GetCallerIdentity', 'AssumeRole']),
  handlers: {
    GetCallerIdentity: getCallerIdentity,
    AssumeRole: assumeRole,
    DecodeAuthorizationMessage: decodeAuthorizationMessage,
  },
};
