/**
 * Builds the simulated PicoScope libraries with the system's compiler into build/pico-simulator:
 *   node packages/drivers/scripts/build-native.mjs
 * Without a compiler nothing is built: simulated scopes then say what is missing. Built anew only when a source
 * is newer.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, '../native/pico-simulator');
const target = join(here, '../build/pico-simulator');
const families = ['2000', '2000a', '3000a', '4000', '4000a'];
const ending = { darwin: 'dylib', win32: 'dll' }[process.platform] ?? 'so';

const files = readdirSync(sources);
const parts = files.filter((file) => file.endsWith('.c') && !file.startsWith('ps'));
const newest = Math.max(...files.map((file) => statSync(join(sources, file)).mtimeMs));
const libraries = families.map((family) => join(target, `libps${family}.${ending}`));

if (libraries.every((file) => existsSync(file) && statSync(file).mtimeMs > newest)) process.exit(0);

const compiler = ['cc', 'gcc', 'clang'].find((name) => spawnSync(name, ['--version']).status === 0);
if (compiler === undefined) {
  process.stderr.write('There is no C compiler (cc, gcc or clang): PicoScopes cannot be simulated.\n');
  process.exit(0);
}

mkdirSync(target, { recursive: true });
for (const [index, family] of families.entries()) {
  const inputs = [...parts, `ps${family}.c`].map((file) => join(sources, file));
  const file = libraries[index];
  const made = `${file}.${process.pid}.new`;
  const flags = ['-std=c11', '-O3', '-shared', '-fvisibility=hidden', '-Wall', '-Wextra', '-Werror'];
  const place = process.platform === 'win32' ? [] : ['-fPIC'];
  const { status, stderr } = spawnSync(compiler, [...flags, ...place, '-o', made, ...inputs, '-lm'], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(made, { force: true });
    writeFileSync(join(target, 'failed.txt'), stderr);
    process.stderr.write(
      `${stderr}\nThe simulated library of family ${family} could not be built: simulated scopes of it are missing.\n`,
    );
    continue;
  }
  rmSync(file, { force: true });
  renameSync(made, file);
}
