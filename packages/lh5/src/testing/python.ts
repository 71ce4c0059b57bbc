import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const scripts = new URL('../../interop/', import.meta.url);
const workspace = new URL('../../../../', import.meta.url);

/** The interpreter that has the packages of interop/requirements.txt: COUNTROOM_PYTHON, else that in .cache/python. */
const interpreter =
  process.env['COUNTROOM_PYTHON'] ?? fileURLToPath(new URL('.cache/python/bin/python', workspace));

/** Why the clients in Python cannot be run; undefined when they can. */
export async function missingPython(): Promise<string | undefined> {
  if (!existsSync(interpreter)) return `there is no Python environment at ${interpreter}`;
  try {
    await run(interpreter, ['-c', 'import h5py, lgdo, lh5'], { timeout: 120_000 });
    return undefined;
  } catch {
    return `${interpreter} has no h5py and legend-lh5io: install packages/lh5/interop/requirements.txt`;
  }
}

/** Why files with the filters of hdf5plugin cannot be made; undefined when they can. */
export async function missingPlugins(): Promise<string | undefined> {
  const missing = await missingPython();
  if (missing !== undefined) return missing;
  return run(interpreter, ['-c', 'import hdf5plugin']).then(
    () => undefined,
    () => `${interpreter} has no hdf5plugin: install packages/lh5/interop/requirements.txt`,
  );
}

/** Runs one of the scripts and returns what it prints. */
export async function python(
  script: 'change.py' | 'dump.py' | 'filters_file.py' | 'plain_file.py' | 'read_rate.py' | 'write.py',
  ...args: string[]
): Promise<string> {
  const path = fileURLToPath(new URL(script, scripts));
  const { stdout } = await run(interpreter, [path, ...args], { maxBuffer: 1 << 30, timeout: 120_000 });
  return stdout;
}
