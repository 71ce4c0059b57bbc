import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Files that stand beside a target while it is written: its data, and what is needed to go on with them. */
export type PartKind = 'part' | 'journal';

/** Who writes to a file, by its name. */
export interface PartName {
  /** Name of the target, without its folder. */
  readonly target: string;
  readonly kind: PartKind;
  readonly owner: Owner;
}

/** A process, told apart from all others also on other machines and after a restart. */
interface Owner {
  /** Machine, or container. */
  readonly place: string;
  /** Start of the machine. */
  readonly boot: string;
  readonly pid: number;
  /** When the process began, in ticks since the machine started; 0 where that cannot be known. */
  readonly began: string;
}

const pattern =
  /^\.(.+)\.([0-9a-f]{8})([0-9a-f]{6})-(\d+)-([0-9a-z]+)-[0-9a-f]{8}\.(part|journal)(?:\.next)?$/;

function shortHash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

/** The content of a file of the system; empty where there is none. */
function fact(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** When a process began; undefined when there is no such process. */
function beginOf(pid: number): string | undefined {
  const facts = fact(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (facts === '') return isAlive(pid) ? '0' : undefined;
  // The name of the program stands in parentheses and may hold blanks; the begin is the 20th field behind it.
  return Number(facts.slice(facts.lastIndexOf(')') + 2).split(' ')[19]).toString(36);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

let ownName: Owner | undefined;

/** This process. */
function self(): Owner {
  ownName ??= {
    place: shortHash(`${hostname()} ${fact(() => readlinkSync('/proc/self/ns/pid'))}`, 8),
    boot: shortHash(
      fact(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      6,
    ),
    pid: process.pid,
    began: beginOf(process.pid) ?? '0',
  };
  return ownName;
}

/** A name beside `file` that says who it belongs to, and that nobody else takes. */
export function partName(file: string, kind: PartKind): string {
  const { place, boot, pid, began } = self();
  const name = `.${basename(file)}.${place}${boot}-${pid}-${began}-${randomBytes(4).toString('hex')}.${kind}`;
  return join(dirname(file), name);
}

/** What the name of a file says; undefined when it is none of these. */
export function parsePartName(name: string): PartName | undefined {
  const found = pattern.exec(name);
  if (found === null) return undefined;
  const [, target = '', place = '', boot = '', pid = '', began = '', kind] = found;
  return {
    target,
    kind: kind === 'part' ? 'part' : 'journal',
    owner: { place, boot, pid: Number(pid), began },
  };
}

/**
 * Whether the process that a file belongs to is gone for certain. Never for one of another machine or container: what it
 * does cannot be seen from here.
 */
export function isAbandoned({ owner }: PartName): boolean {
  const here = self();
  if (owner.place !== here.place) return false;
  return owner.boot !== here.boot || beginOf(owner.pid) !== owner.began;
}

/** Names in a folder; none where it cannot be read. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/**
 * Removes what writers of this file have left behind that are gone: half-written data, and what was kept to go on with them.
 * Nothing of a process that is alive, nor of another machine.
 */
export async function sweepParts(file: string): Promise<void> {
  const [folder, target] = [dirname(file), basename(file)];
  for (const name of await namesIn(folder)) {
    const part = parsePartName(name);
    if (part?.target === target && isAbandoned(part)) await rm(join(folder, name), { force: true });
  }
}
