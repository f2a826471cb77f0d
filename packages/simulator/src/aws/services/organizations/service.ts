import type {
  Account as OrganizationAccount,
  DescribeAccountRequest,
  DescribeAccountResponse,
  DescribeOrganizationResponse,
  ListAccountsRequest,
  ListAccountsResponse,
  ListRootsResponse,
} from '@aws-sdk/client-organizations';
import type { RequestContext, ServiceDefinition } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { hash32, SeededRandom } from '../../../random.ts';
import { AwsError } from '../../wire/aws-error.ts';
import type { Account } from '../../world.ts';

/** Accounts per page at most. */
const MAX_PAGE = 20;

function organizationId(context: RequestContext): string {
  return `o-${SeededRandom.of(context.world.seed, 'organization').hex(10)}`;
}

/** The management account's id; refuses when the world has no organization. */
function management(context: RequestContext): Account {
  const account = context.world.accounts.get(context.world.organization?.managementId ?? '');
  if (!account || !context.world.organization?.memberIds.has(context.account.id)) {
    throw new AwsError(
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
    );
  }
  return account;
}

/** Listing is for the management account alone. */
function needManagement(context: RequestContext): Account {
  const account = management(context);
  if (account.id !== context.account.id) {
    throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.");
  }
  return account;
}

function describeOrganization(_input: unknown, context: RequestContext): DescribeOrganizationResponse {
  const owner = management(context);
  const id = organizationId(context);
  return {
    Organization: {
      Id: id,
      Arn: `arn:aws:organizations::${owner.id}:organization/${id}`,
      FeatureSet: 'ALL',
      MasterAccountId: owner.id,
      MasterAccountArn: `arn:aws:organizations::${owner.id}:account/${id}/${owner.id}`,
      MasterAccountEmail: owner.email,
      AvailablePolicyTypes: [],
    },
  };
}

function toAccount(account: Account, context: RequestContext): OrganizationAccount {
  const owner = management(context);
  // A stable date in the two years before the organization was looked at first.
  const joined = Date.UTC(2023, 0, 1) + (hash32(account.id) % 500) * 86_400_000;
  return {
    Id: account.id,
    Arn: `arn:aws:organizations::${owner.id}:account/${organizationId(context)}/${account.id}`,
    Name: account.name,
    Email: account.email,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: account.id === owner.id ? 'INVITED' : 'CREATED',
    JoinedTimestamp: new Date(joined),
  };
}

/** The accounts of the organization. */
function members(context: RequestContext): Account[] {
  const ids = context.world.organization?.memberIds;
  return [...context.world.accounts.values()].filter((account) => ids?.has(account.id));
}

/**
 * Lists accounts. A page may be empty and still carry a token: with more than one account the first page
 * of a fresh listing is empty, which AWS documents as possible and clients must survive.
 */
function listAccounts(input: ListAccountsRequest, context: RequestContext): ListAccountsResponse {
  needManagement(context);
  const limit = input.MaxResults;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)) {
    throw new AwsError('InvalidInputException', `MaxResults must be between 1 and ${MAX_PAGE}`);
  }
  const blank = undefined;
  const accounts: (Account | undefined)[] = members(context);
  // A blank takes the place of an account on the first page, so paging itself stays the common one.
  const rows = accounts.length > 1 ? [blank, ...accounts] : accounts;
  const first = input.NextToken === undefined && accounts.length > 1;
  const page = paginate(
    rows,
    {
      token: input.NextToken,
      limit: first ? 1 : limit,
      defaultLimit: MAX_PAGE,
      parameters: {},
      keyOf: (account) => account?.id ?? 'blank',
      invalidToken: () => new AwsError('InvalidInputException', 'You provided an invalid pagination token.'),
    },
    context,
  );
  return {
    Accounts: page.items.flatMap((account) => (account ? toAccount(account, context) : [])),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function describeAccount(input: DescribeAccountRequest, context: RequestContext): DescribeAccountResponse {
  needManagement(context);
  const account = members(context).find((a) => a.id === input.AccountId);
  if (!account)
    throw new AwsError('AccountNotFoundException', "You specified an account that doesn't exist.");
  return { Account: toAccount(account, context) };
}

function listRoots(_input: unknown, context: RequestContext): ListRootsResponse {
  const owner = needManagement(context);
  const id = `r-${SeededRandom.of(context.world.seed, 'root').hex(4)}`;
  return {
    Roots: [
      {
        Id: id,
        Arn: `arn:aws:organizations::${owner.id}:root/${organizationId(context)}/${id}`,
        Name: 'Root',
        PolicyTypes: [],
      },
    ],
  };
}

/** AWS Organizations over the world's one organization. */
export const organizations: ServiceDefinition = {
  iamPrefix: 'organizations',
  handlers: {
    DescribeAccount: describeAccount,
    DescribeOrganization: describeOrganization,
    ListAccounts: listAccounts,
    ListRoots: listRoots,
  },
};
