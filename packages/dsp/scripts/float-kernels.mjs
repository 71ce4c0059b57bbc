import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Kernels are written once for floats of both sizes: `export function name<F>(…)`. AssemblyScript exports no functions of open
 * type; this makes the source that asks for both of each, `name_f32` and `name_f64`, and for all that `index.ts` exports.
 *
 * @param {string} sources folder of the kernels
 * @param {string} from the way there from the folder of the entry
 * @returns {string} source of the entry
 */
export function entrySource(sources, from) {
  const lines = [`export * from '${from}/index';`];
  for (const file of readdirSync(sources).filter((name) => name.endsWith('.ts'))) {
    const source = readFileSync(join(sources, file), 'utf8');
    const kernels = [...source.matchAll(/^export function (\w+)<F>\(([^)]*)\): (\w+) \{/gm)];
    if (kernels.length === 0) continue;
    const names = kernels.map(([, name]) => name);
    lines.push(`import { ${names.join(', ')} } from '${from}/${file.slice(0, -'.ts'.length)}';`);
    for (const [, name, parameters, result] of kernels) {
      const given = parameters
        .split(',')
        .map((parameter) => parameter.trim().split(':')[0])
        .filter((parameter) => parameter !== '');
      for (const type of ['f32', 'f64'])
        lines.push(
          `export function ${name}_${type}(${parameters}): ${result} {`,
          `  return ${name}<${type}>(${given.join(', ')});`,
          '}',
        );
    }
  }
  return `${lines.join('\n')}\n`;
}
