import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { pathToFileURL, type URL } from 'node:url';
import { DriverError } from '../errors.js';

const endings = ['.js', '.mjs', '.ts', '.mts'];

/**
 * Address of a user's module below the folder of modules. Throws DriverError `consumer` when there is no folder, the path
 * leaves it (also by links), or the file is missing or no JavaScript. TypeScript must be built first: it does not run
 * in threads.
 */
export function moduleAddress(folder: string | undefined, path: string): URL {
  const refuse = (why: string): never => {
    throw new DriverError('consumer', path, `module ${path} cannot be used: ${why}`);
  };
  if (folder === undefined) {
    return refuse(
      'the server has no folder of consumer modules; set COUNTROOM_CONSUMERS to one and start it anew',
    );
  }
  if (isAbsolute(path) || path.includes('\0')) return refuse('give its path inside of the folder of modules');
  if (!endings.some((ending) => path.endsWith(ending)))
    return refuse('its name ends neither in .js nor in .mjs');
  if (path.endsWith('ts')) return refuse('build it to JavaScript first (tsc) and name the .js file');
  const root = resolved(folder) ?? refuse(`there is no folder ${folder}`);
  const file = resolved(join(root, path)) ?? refuse(`there is no such file in ${folder}`);
  const inside = relative(root, file);
  if (inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside))
    return refuse('it is outside of the folder of modules');
  if (!statSync(file).isFile()) return refuse('it is no file');
  return pathToFileURL(file);
}

function resolved(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
