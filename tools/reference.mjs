/** Writes the pages of docs/reference that follow from the built code: node tools/reference.mjs */
import { writeFileSync } from 'node:fs';
import { commandLineReference } from '../apps/cli/dist/command-line-reference.js';
import { environmentReference } from '../apps/server/dist/platform/config/env-example.js';
import { processorReference } from '../packages/dsp/dist/docs/processor-reference.js';

const write = (name, text) => writeFileSync(new URL(`../docs/reference/${name}.md`, import.meta.url), text);
write('command-line', await commandLineReference());
write('environment', environmentReference());
write('processors', processorReference());
