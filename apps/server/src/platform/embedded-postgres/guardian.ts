import { spawn } from 'node:child_process';

/** Watches over a PostgreSQL server for a process that may be killed. */
export interface Guardian {
  /** Ends the watch; the server is not touched. */
  release(): void;
}

/**
 * Seconds between the death of the starter and the end of the server: time for the application, which is told by its
 * own channel, to finish its transactions.
 */
const GRACE_SECONDS = 8;

/**
 * `read` returns when the pipe from the starter closes, which happens however the starter ends. The process id is
 * compared with postmaster.pid, so that a number the system has given to another process since is never signalled.
 */
const SCRIPT = `
read -r line
[ "$line" = released ] && exit 0
sleep "$3"
if [ "$(head -n 1 "$1/postmaster.pid" 2>/dev/null)" = "$2" ]; then kill -INT "$2"; fi
if [ "$4" = remove ]; then
  for i in 1 2 3 4 5 6 7 8 9 10; do [ -e "$1/postmaster.pid" ] || break; sleep 1; done
  rm -rf "$1"
fi
`;

/** Starts the watch. On Windows there is none: the next start ends a server that was left behind. */
export function startGuardian(target: { directory: string; pid: number; remove: boolean }): Guardian {
  if (process.platform === 'win32') return { release: () => undefined };
  const grace = target.remove ? 0 : GRACE_SECONDS;
  const shell = spawn(
    'sh',
    [
      '-c',
      SCRIPT,
      'guardian',
      target.directory,
      String(target.pid),
      String(grace),
      target.remove ? 'remove' : 'keep',
    ],
    {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    },
  );
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  const pipe = shell.stdin as typeof shell.stdin & { unref?: () => void };
  pipe.unref?.();
  return {
    release: () => {
      shell.stdin.end('released\n');
    },
  };
}
