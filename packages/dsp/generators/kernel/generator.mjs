import { names } from '@nx/devkit';
import { assemblySource, referenceSource, specSource, testSource } from './templates.mjs';

const root = 'packages/dsp/src';

function edit(tree, path, change) {
  const before = tree.read(path, 'utf8');
  if (before === null) throw new Error(`${path} is not there`);
  const after = change(before);
  if (after === before) throw new Error(`${path} does not look as expected: add the processor by hand`);
  tree.write(path, after);
}

/** Adds an import where the alphabet wants it. */
function withImport(source, line, path) {
  const lines = source.split('\n');
  const place = lines.findIndex((other) => {
    const [, from] = /^import .* from '(.*)';$/.exec(other) ?? [];
    return from !== undefined && from > path;
  });
  const last = lines.findLastIndex((other) => other.startsWith('import '));
  lines.splice(place === -1 ? last + 1 : place, 0, line);
  return lines.join('\n');
}

/** Makes the files of a new processor and registers it. */
export default function kernelGenerator(tree, { name, compiled }) {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name))
    throw new Error(`'${name}' must be lower case with underscores, such as pole_zero`);
  const { fileName, propertyName } = names(name);
  const words = { name, file: fileName, camel: propertyName, compiled };
  const files = [
    [`${root}/reference/${fileName}.reference.ts`, referenceSource(words)],
    [`${root}/reference/${fileName}.reference.spec.ts`, testSource(words)],
    [`${root}/spec/${fileName}.ts`, specSource(words)],
    ...(compiled ? [[`${root}/assembly/${fileName}.ts`, assemblySource(words)]] : []),
  ];
  const taken = files.find(([path]) => tree.exists(path));
  if (taken !== undefined) throw new Error(`${taken[0]} is there already: choose another name`);
  for (const [path, source] of files) tree.write(path, source);
  edit(tree, `${root}/spec/kernels.ts`, (source) =>
    withImport(
      source,
      `import { ${propertyName}Kernel } from './${fileName}.js';`,
      `./${fileName}.js`,
    ).replace(
      /(title: 'Other processors', kernels: \[)([^\]]*)\]/,
      (_, start, entries) =>
        `${start}${[...entries.split(',').map((entry) => entry.trim()), `${propertyName}Kernel`].filter((entry) => entry !== '').join(', ')}]`,
    ),
  );
  if (compiled) {
    edit(tree, `${root}/testing/kernel-examples.ts`, (source) =>
      source.replace(/(const parameters: [^\n]*\{\n)/, `$1  '${name}.factor': 1.5,\n`),
    );
  }
  return () => {
    console.log(
      [
        '',
        'Put your formula into the reference, its arguments, checks and words into the entry of the specification' +
          (compiled ? ', and the same formula into src/assembly.' : '.'),
        'Then: npx biome check --write packages/dsp && npx nx build dsp && node tools/reference.mjs && npx nx test dsp',
        'More: docs/how-to/add-a-processor.md',
      ].join('\n'),
    );
  };
}
