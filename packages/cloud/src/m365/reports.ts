import { CloudError } from '../errors.ts';
import type { Scope } from './scope.ts';

/** A row of a usage report by column name. */
type ReportRow = Readonly<Record<string, string>>;

/** What usage reports know of one user; absent where the tenant conceals names or the report is not allowed. */
export interface Usage {
  readonly activity?: Readonly<Record<string, string>>;
  readonly mailbox?: {
    readonly storageBytes: number;
    readonly recipientType: string;
    readonly hasArchive: boolean;
    readonly lastActivityDate?: string;
  };
  readonly copilotLastActivity?: string;
}

/** CSV of the reports: comma, quotes doubled, CRLF (RFC 4180). */
export function parseReport(text: string): ReportRow[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') {
      row.push(cell.replace(/\r$/, ''));
      cell = '';
      if (c === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += c;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.replace(/\r$/, '')]);
  const [head = [], ...body] = rows;
  return body
    .filter((cells) => cells.length === head.length)
    .map((cells) => Object.fromEntries(head.map((name, i) => [name.replace(/^\uFEFF/, ''), cells[i] ?? ''])));
}

const ACTIVITY: Readonly<Record<string, string>> = {
  'Exchange Last Activity Date': 'exchange',
  'OneDrive Last Activity Date': 'oneDrive',
  'SharePoint Last Activity Date': 'sharePoint',
  'Teams Last Activity Date': 'teams',
  'Yammer Last Activity Date': 'yammer',
};

/**
 * Usage of the last 180 days by user principal name, lower case. Reports lag two to three days and hold hashes instead
 * of names where the tenant conceals them; a report that is refused is left out and told in the log.
 */
export async function readUsage(scope: Scope): Promise<ReadonlyMap<string, Usage>> {
  const [active, mailboxes, copilot] = await Promise.all([
    optional(scope, "/reports/getOffice365ActiveUserDetail(period='D180')"),
    optional(scope, "/reports/getMailboxUsageDetail(period='D180')"),
    optional(scope, "/reports/getMicrosoft365CopilotUsageUserDetail(period='D90')"),
  ]);
  const usage = new Map<string, Usage>();
  const merge = (row: ReportRow, more: Usage): void => {
    const name = (row['User Principal Name'] ?? '').toLowerCase();
    // A concealed name is a hash and no address.
    if (name.includes('@')) usage.set(name, { ...usage.get(name), ...more });
  };
  for (const row of active) {
    const known = Object.entries(ACTIVITY).filter(([column]) => row[column] !== undefined);
    merge(row, { activity: Object.fromEntries(known.map(([column, id]) => [id, row[column] ?? ''])) });
  }
  for (const row of mailboxes) {
    const last = row['Last Activity Date'] ?? '';
    merge(row, {
      mailbox: {
        storageBytes: Number(row['Storage Used (Byte)'] ?? 0) || 0,
        recipientType: row['Recipient Type'] ?? 'User',
        hasArchive: /^(true|yes)$/i.test(row['Has Archive'] ?? ''),
        ...(last === '' ? {} : { lastActivityDate: last }),
      },
    });
  }
  for (const row of copilot) merge(row, { copilotLastActivity: row['Last Activity Date'] ?? '' });
  return usage;
}

async function optional(scope: Scope, path: string): Promise<ReportRow[]> {
  try {
    return parseReport(await scope.graph.report(path, { signal: scope.signal }));
  } catch (error) {
    if (
      !(error instanceof CloudError) ||
      !['denied', 'not_enabled', 'not_found', 'invalid_input'].includes(error.kind)
    )
      throw error;
    scope.graph.caller.log.info({ report: path, kind: error.kind }, 'a usage report is left out');
    return [];
  }
}
