import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The account that PostgreSQL runs as; it refuses to run as root. */
export interface ServiceAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** An account that exists already when this process is root (none is ever created); undefined otherwise. */
export function serviceAccount(passwdFile = '/etc/passwd'): ServiceAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync(passwdFile, 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid = '', gid = '']) => ({ name, uid: Number(uid), gid: Number(gid) }));
  for (const wanted of ['postgres', 'nobody']) {
    const account = accounts.find((entry) => entry.name === wanted && entry.uid > 0);
    if (account !== undefined) return account;
  }
  throw new Error(
    `PostgreSQL does not run as root, and ${passwdFile} has neither an account "postgres" nor "nobody". ` +
      'Start Countroom as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

/** What a child process needs in order to run as that account. */
export function runAs(account: ServiceAccount | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/** Whether the account can enter and write to the folder: asked of the kernel, not worked out from modes. */
export function canWriteTo(folder: string, account: ServiceAccount | undefined): boolean {
  const result = spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], {
    cwd: '/',
    stdio: 'ignore',
    ...runAs(account),
  });
  return result.status === 0;
}
