import { createHash } from 'node:crypto';
import type { Directory, DirectoryUser } from '../directory.ts';

/** Reports lag: the newest day they know. */
const LAG_DAYS = 2;

type Column = readonly [
  name: string,
  value: (user: DirectoryUser, day: (ago: number | null) => string) => string,
];

const yes = (value: boolean): string => (value ? 'True' : 'False');

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  getOffice365ActiveUserDetail: [
    ['Display Name', (u) => u.displayName],
    ['Is Deleted', () => 'False'],
    ['Deleted Date', () => ''],
    ['Has Exchange License', (u) => yes(u.licences.size > 0)],
    ['Has OneDrive License', (u) => yes(u.licences.size > 0)],
    ['Has SharePoint License', (u) => yes(u.licences.size > 0)],
    ['Has Teams License', (u) => yes(u.licences.size > 0)],
    ['Exchange Last Activity Date', (u, day) => day(u.usage.exchange)],
    ['OneDrive Last Activity Date', (u, day) => day(u.usage.oneDrive)],
    ['SharePoint Last Activity Date', (u, day) => day(u.usage.oneDrive)],
    ['Teams Last Activity Date', (u, day) => day(u.usage.teams)],
    ['Assigned Products', () => ''],
  ],
  getMailboxUsageDetail: [
    ['Display Name', (u) => u.displayName],
    ['Is Deleted', () => 'False'],
    ['Deleted Date', () => ''],
    ['Created Date', (u) => new Date(u.createdAt).toISOString().slice(0, 10)],
    ['Last Activity Date', (u, day) => day(u.usage.exchange)],
    ['Item Count', (u) => String(Math.round(u.usage.mailboxBytes / 75_000))],
    ['Storage Used (Byte)', (u) => String(u.usage.mailboxBytes)],
    ['Has Archive', (u) => yes(u.usage.hasArchive)],
    ['Recipient Type', (u) => u.usage.recipientType],
  ],
  getMicrosoft365CopilotUsageUserDetail: [
    ['Display Name', (u) => u.displayName],
    ['Last Activity Date', (u, day) => day(u.usage.copilot)],
  ],
};

/** Whether there is such a report. */
export function isReport(name: string): boolean {
  return Object.hasOwn(COLUMNS, name);
}

/** A usage report as its file has it: byte order mark, CRLF, dates without time, hashes where names are concealed. */
export function reportFile(directory: Directory, name: string, period: string, now: number): string {
  const columns = COLUMNS[name] ?? [];
  const days = Number(period.replace('D', ''));
  const dayOf = (ago: number): string => new Date(now - ago * 86_400_000).toISOString().slice(0, 10);
  const shown = (ago: number | null): string =>
    ago === null || ago > days ? '' : dayOf(Math.max(ago, LAG_DAYS));
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const principal = (user: DirectoryUser): string =>
    directory.concealNames
      ? createHash('sha256').update(user.userPrincipalName).digest('hex').slice(0, 32).toUpperCase()
      : user.userPrincipalName;
  const head = [
    'Report Refresh Date',
    'User Principal Name',
    ...columns.map(([title]) => title),
    'Report Period',
  ];
  const relevant = [...directory.users.values()].filter(
    (user) => name !== 'getMicrosoft365CopilotUsageUserDetail' || hasCopilot(directory, user),
  );
  const rows = relevant.map((user) => [
    dayOf(LAG_DAYS),
    principal(user),
    ...columns.map(([title, value]) =>
      title === 'Display Name' && directory.concealNames ? principal(user) : value(user, shown),
    ),
    String(days),
  ]);
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function hasCopilot(directory: Directory, user: DirectoryUser): boolean {
  for (const skuId of user.licences.keys())
    if (directory.skus.get(skuId)?.skuPartNumber === 'Microsoft_365_Copilot') return true;
  return false;
}
