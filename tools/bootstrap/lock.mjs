import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache, ensureCache, failOnCache } from './workspace.mjs';

const file = join(cache, 'bootstrap.lock');

/** Runs `work` while no other installation or build runs in this checkout. */
export async function withLock(work) {
  ensureCache();
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, String(process.pid));
  } catch (error) {
    failOnCache(error);
  }
  // Also when the work ends the process on the spot.
  process.once('exit', () => rmSync(own, { force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    for (let told = false; !claim(own); told = true) {
      if (!told) process.stderr.write('Another Countroom is installing or building here; waiting for it.\n');
      await sleep(200);
    }
    process.once('exit', () => rmSync(file, { force: true }));
    return await work();
  } finally {
    rmSync(own, { force: true });
  }
}

function claim(own) {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = readHolder();
  if (holder !== undefined && !isAlive(holder)) rmSync(file, { force: true });
  return false;
}

function readHolder() {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
