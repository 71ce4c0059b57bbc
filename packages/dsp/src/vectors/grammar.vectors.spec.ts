import { describe, expect, it } from 'vitest';
import { chainFields } from '../chain/fields.js';
import { planChain } from '../chain/plan.js';
import { DSPFatal, ProcessingChainError } from '../errors.js';
import { compareColumn } from '../testing/compare-columns.js';
import { caseTable, type GrammarCase, type GrammarFile } from '../testing/grammar-cases.js';
import { jsonFiles, readJson } from '../testing/test-data.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import defects from './defects-of-the-reference.json' with { type: 'json' };
import missing from './missing-grammar-cases.json' with { type: 'json' };

const missingNames: readonly string[] = missing;
/** Cases that expect what is plainly wrong; here they must run and give something better. */
const defectNames: readonly string[] = defects;
const tolerance = { rtol: 2e-5, atol_rel_to_max: 2e-6 };
const files = jsonFiles('dsp/chains')
  .map(({ name, path }) => ({ name, file: readJson(path) as GrammarFile }))
  .filter(({ file }) => Array.isArray(file.cases));

function check(file: GrammarFile, one: GrammarCase, compatibility: 'none' | 'dspeed'): string[] {
  const input = caseTable(file);
  const config = { outputs: one.outputs, processors: one.processors };
  const plan = () =>
    planChain(config, { input, database: one.database, kernels: nodeKernels(), compatibility });
  if (one.raises !== undefined) {
    const wanted = one.raises.stage === 'setup' ? ProcessingChainError : DSPFatal;
    try {
      plan().run(input);
      return ['nothing was raised'];
    } catch (error) {
      return error instanceof wanted ? [] : [`raised ${String(error)}`];
    }
  }
  const result = plan().run(input);
  const expected = compatibility === 'none' ? (one.desired ?? one.expected) : one.expected;
  const faults = Object.entries(expected ?? {}).flatMap(([name, column]) =>
    compareColumn(result, name, column, tolerance),
  );
  const fields = chainFields(config, { database: one.database });
  if (one.fields_read !== undefined && fields.join() !== one.fields_read.join())
    faults.push(`reads ${fields.join()}`);
  return faults;
}

function outcome(file: GrammarFile, one: GrammarCase, compatibility: 'none' | 'dspeed'): string[] {
  try {
    return check(file, one, compatibility);
  } catch (error) {
    return [String(error)];
  }
}

describe.skipIf(files.length === 0).each(files)(
  'chain cases of $name (skipped without the test data)',
  ({ file }) => {
    const working = file.cases.filter(
      ({ name }) => !missingNames.includes(name) && !defectNames.includes(name),
    );

    it.each(working)('$name', (one) => {
      expect(outcome(file, one, 'none')).toEqual([]);
    });

    it.each(file.cases.filter(({ name }) => defectNames.includes(name)))(
      '$name: not as the reference has it',
      (one) => {
        expect(check(file, one, 'none')).not.toEqual([]);
      },
    );

    it.each(file.cases.filter(({ name, desired }) => desired !== undefined && !missingNames.includes(name)))(
      '$name as the reference has it',
      (one) => {
        expect(outcome(file, one, 'dspeed')).toEqual([]);
      },
    );

    it.each(file.cases.filter(({ name }) => missingNames.includes(name)))(
      '$name is listed as missing and does not work yet: the list may only shrink',
      (one) => {
        expect(outcome(file, one, 'none')).not.toEqual([]);
      },
    );
  },
);
