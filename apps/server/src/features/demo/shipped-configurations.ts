import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationKind, jsonObject } from '@countroom/contracts';
import { z } from 'zod';
import { workspaceRoot } from '../../platform/config/workspace-root.js';

const fileName = z.string().regex(/^[\w.-]+\.json$/, 'the name of a JSON file beside the index');

/** One entry of the index: options of a stage, with the content of a file as their `config`. */
const indexEntry = z.strictObject({
  kind: configurationKind,
  name: z.string().min(1).max(64),
  description: z.string().max(1000).default(''),
  file: fileName.optional(),
  options: jsonObject.default({}),
});

/** A configuration that comes with the product. */
export interface ShippedConfiguration {
  readonly kind: z.infer<typeof configurationKind>;
  readonly name: string;
  readonly description: string;
  readonly content: z.infer<typeof jsonObject>;
}

const shippedFolder = join(workspaceRoot, 'apps', 'server', 'configurations');

/**
 * Configurations that come with the product: `index.json` names them; the files beside it are in the form that the
 * command line takes too. Throws naming the file that is not of that form.
 */
export function readShippedConfigurations(folder = shippedFolder): ShippedConfiguration[] {
  return read(join(folder, 'index.json'), z.array(indexEntry)).map(({ file, options, ...entry }) => ({
    ...entry,
    content: file === undefined ? options : { ...options, config: read(join(folder, file), jsonObject) },
  }));
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} is not of the form of shipped configurations: ${String(cause)}`, { cause });
  }
}
