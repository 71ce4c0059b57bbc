/**
 * Builds the simulated libraries of Pico Technology's devices with the system's compiler into build/:
 *   node packages/drivers/scripts/build-native.mjs
 * Without a compiler nothing is built: simulated scopes and loggers then say what is missing. Built anew only when a source
 * is newer.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const ending = { darwin: 'dylib', win32: 'dll' }[process.platform] ?? 'so';

/** Libraries of one folder of sources: those with a library's name are of that one, the others of all. */
const sets = [
  { folder: 'pico-simulator', names: ['ps2000', 'ps2000a', 'ps3000a', 'ps4000', 'ps4000a'] },
  { folder: 'picolog-simulator', names: ['pl1000'] },
];

const libraries = sets.flatMap(({ folder, names }) => {
  const sources = join(here, '../native', folder);
  const target = join(here, '../build', folder);
  const files = readdirSync(sources);
  const newest = Math.max(...files.map((file) => statSync(join(sources, file)).mtimeMs));
  const parts = files.filter((file) => file.endsWith('.c') && !names.includes(file.replace(/\.c$/, '')));
  return names.map((name) => ({
    name,
    target,
    newest,
    file: join(target, `lib${name}.${ending}`),
    inputs: [...parts, `${name}.c`].map((file) => join(sources, file)),
  }));
});

const old = libraries.filter(({ file, newest }) => !existsSync(file) || statSync(file).mtimeMs <= newest);
if (old.length === 0) process.exit(0);

const compiler = ['cc', 'gcc', 'clang'].find((name) => spawnSync(name, ['--version']).status === 0);
if (compiler === undefined) {
  process.stderr.write(
    'There is no C compiler (cc, gcc or clang): PicoScopes and PicoLogs cannot be simulated.\n',
  );
  process.exit(0);
}

for (const { name, target, file, inputs } of old) {
  mkdirSync(target, { recursive: true });
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
      `${stderr}\nThe simulated library ${name} could not be built: simulated devices of it are missing.\n`,
    );
    continue;
  }
  rmSync(file, { force: true });
  renameSync(made, file);
}
