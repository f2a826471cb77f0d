import { execFile } from 'node:child_process';
import { lchown, readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { EmbeddedPostgresError } from './errors.ts';

/** How PostgreSQL programs are started: as whom, and through which wrapper if any. */
export interface RunAs {
  /** Only set when the caller is root: PostgreSQL refuses to run as root. */
  readonly account?: { readonly uid: number; readonly gid: number };
  /** Prepended to the command line; empty when the account reaches every file by itself. */
  readonly wrapper: readonly string[];
}

/** Accounts that own no files of anybody, best first. `postgres` exists where a distribution package was installed. */
const ACCOUNT_NAMES = ['postgres', 'nobody', 'daemon'];

/**
 * Decides under which account PostgreSQL runs for a cluster in `directory`.
 *
 * An ordinary user runs it as himself. Root hands it to the owner of an existing cluster, else to an unprivileged
 * account of the machine. When that account cannot walk to the programs or the cluster (a project below /root, a
 * temporary folder of mode 0700), the file-permission capability is lent to it with setpriv.
 *
 * @throws EmbeddedPostgresError `no_account`, `unreachable_folder`, `foreign_folder`.
 */
export async function chooseAccount(directory: string, programs: readonly string[]): Promise<RunAs> {
  const uid = process.getuid?.();
  const owner = await stat(directory).catch(() => undefined);
  if (uid === undefined) return { wrapper: [] };
  if (uid !== 0) {
    if (owner !== undefined && owner.uid !== uid) {
      throw new EmbeddedPostgresError(
        'foreign_folder',
        `the database folder ${directory} belongs to another user (uid ${owner.uid})`,
        'Start CloudAtlas as that user, give the folder to this user with chown -R, or set ATLAS_DATA_DIR to another folder.',
      );
    }
    return { wrapper: [] };
  }
  const account =
    owner !== undefined && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await findAccount();
  const folders = [path.dirname(directory), ...programs.map((program) => path.dirname(program))];
  const reachable = await Promise.all(folders.map((folder) => canWalkTo(folder, account)));
  if (reachable.every(Boolean)) return { account, wrapper: [] };
  const wrapper = [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  const works = await promisify(execFile)(wrapper[0]!, [...wrapper.slice(1), 'true']).then(
    () => true,
    () => false,
  );
  if (!works) {
    throw new EmbeddedPostgresError(
      'unreachable_folder',
      `PostgreSQL must not run as root, and no other account may enter ${folders[reachable.indexOf(false)]}`,
      'Start CloudAtlas as an ordinary user, move it to a folder that everybody may enter (for example /opt), or set DATABASE_URL.',
    );
  }
  return { account, wrapper };
}

/** Gives a folder and everything in it to the account PostgreSQL runs under. Does nothing for an ordinary user. */
export async function giveFolder(directory: string, runAs: RunAs): Promise<void> {
  if (runAs.account === undefined) return;
  const { uid, gid } = runAs.account;
  const top = await stat(directory);
  if (top.uid === uid) return;
  const entries = await readdir(directory, { recursive: true });
  for (const entry of entries) await lchown(path.join(directory, entry), uid, gid);
  await lchown(directory, uid, gid);
}

/** Whether an account that is neither root nor in any other group may enter `folder`. */
async function canWalkTo(folder: string, account: { uid: number; gid: number }): Promise<boolean> {
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    const entry = await stat(current).catch(() => undefined);
    if (entry !== undefined) {
      const bit = entry.uid === account.uid ? 0o100 : entry.gid === account.gid ? 0o010 : 0o001;
      if ((entry.mode & bit) === 0) return false;
    }
    if (current === path.dirname(current)) return true;
  }
}

async function findAccount(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ACCOUNT_NAMES) {
    const line = lines.find((fields) => fields[0] === name);
    const uid = Number(line?.[2]);
    const gid = Number(line?.[3]);
    if (Number.isInteger(uid) && Number.isInteger(gid) && uid > 0) return { uid, gid };
  }
  throw new EmbeddedPostgresError(
    'no_account',
    'PostgreSQL must not run as root, and this machine has no account to run it under',
    `Start CloudAtlas as an ordinary user, create an account (${ACCOUNT_NAMES[0]}), or set DATABASE_URL.`,
  );
}
