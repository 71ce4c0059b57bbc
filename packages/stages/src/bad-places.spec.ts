import { parseOptions, portsOf, runTables, type TableReader, type TableStage } from '@countroom/pipeline';
import { describe, expect, it } from 'vitest';
import { buildTcm } from './build-tcm/build-tcm.stage.js';
import { dspToHit } from './dsp-to-hit/dsp-to-hit.stage.js';
import { hitToEvt } from './hit-to-evt/hit-to-evt.stage.js';
import { listsOfNumbers, memoryReader, numbersOf, tableOf } from './testing/memory-reader.js';
import {
  type Attempt,
  at,
  changed,
  expectForPeople,
  faultOf,
  type Json,
  type Path,
  pathsOf,
} from './testing/wrong-options.js';

const dsp = tableOf({
  e: numbersOf('float32', [1, 2]),
  t: numbersOf('float64', [1, 2]),
  lists: listsOfNumbers('float64', [[1], []]),
});
const attrs = { tables: '["ch1/dsp"]', hash_func: '\\d+' };
const map = tableOf(
  { table_key: listsOfNumbers('int32', [[1], [1]]), row_in_table: listsOfNumbers('int32', [[0], [1]]) },
  attrs,
);
const inputs = new Map<string, TableReader>([
  ['dsp', memoryReader({ 'ch1/dsp': dsp })],
  ['hit', memoryReader({ 'ch1/hit': dsp })],
  ['tcm', memoryReader({ tcm: map })],
]);
const nowhere = { append: () => Promise.resolve(), write: () => Promise.resolve() };

async function run<C>(stage: TableStage<C>, options: Json): Promise<void> {
  const parsed = parseOptions(stage, options);
  portsOf(stage, parsed);
  await runTables(stage, parsed, inputs, nowhere);
}

interface Tried extends Attempt {
  /** Keys below which names are free: any key is a name there. */
  readonly names: readonly string[];
}

/** A configuration of each stage that uses every option. */
const tried: Readonly<Record<string, Tried>> = {
  dsp_to_hit: {
    options: {
      config: {
        outputs: ['cal', 'good', 'word', 'e'],
        operations: {
          cal: {
            expression: 'a + b * e',
            parameters: { a: 1, b: 2.5 },
            lgdo_attrs: { units: 'keV' },
            description: 'energy',
          },
          good: { expression: 'cal > limit', parameters: { limit: 1 } },
        },
        aggregations: { word: { bit0: 'good' } },
      },
      tables: ['ch1/dsp'],
    },
    work: async (options) => {
      const sample = [{ path: 'ch1/dsp', rows: 2, sample: dsp }];
      const { tasks } = dspToHit.plan(parseOptions(dspToHit, options), sample);
      for (const task of tasks) await dspToHit.kernel(task);
    },
    names: ['parameters', 'lgdo_attrs', 'bits'],
  },
  build_tcm: {
    options: {
      from: 'hit',
      tables: ['ch*/hit'],
      columns: [{ name: 't', window: 1 }],
      windowReference: 'last',
      keyPattern: '\\d+',
      fields: ['e'],
      layout: 'vectors',
      name: 'tcm',
    },
    work: (options) => run(buildTcm, options),
    names: [],
  },
  hit_to_evt: {
    options: {
      config: {
        channels: { geds: ['ch1'] },
        channel_mapping: { ch1: 'V01' },
        operations: {
          sum: {
            expression: 'hit.e > limit',
            aggregation_mode: 'sum',
            channels: 'geds',
            query: 'hit.t > 0',
            parameters: { limit: 1 },
            initial: 0,
            dtype: 'int32',
            lgdo_attrs: { units: 'keV' },
          },
          list: {
            expression: 'hit.e',
            aggregation_mode: 'gather',
            channels: ['geds'],
            exclude_channels: [],
            sort: 'ascend_by:hit.t',
          },
          twice: { expression: '2 * evt.sum' },
        },
        outputs: ['sum', 'list', 'twice'],
      },
      map: 'tcm',
      tables: { hit: 'ch{}/hit' },
      compat: 'none',
      name: 'evt',
      eventsAtOnce: 10,
    },
    work: (options) => run(hitToEvt, options),
    names: ['parameters', 'lgdo_attrs'],
  },
};

describe.each(Object.entries(tried))('%s', (_, one) => {
  const paths = pathsOf(one.options).filter((path) => path.length > 0);
  const parent = (path: Path): string => path.at(-2) ?? '';
  const isName = (path: Path): boolean =>
    one.names.includes(parent(path)) ||
    ['operations', 'channels', 'aggregations', 'channel_mapping', 'tables'].includes(parent(path)) ||
    path.at(-3) === 'aggregations' ||
    Array.isArray(at(one.options, path.slice(0, -1)));

  it('takes the configuration as it is', async () => {
    expect(await faultOf(one, one.options)).toBeUndefined();
  });

  it('tells the place of every key that it does not know', async () => {
    for (const path of paths.filter((each) => !isName(each))) {
      const wrong = `${path.at(-1)!}_x`;
      const fault = await faultOf(one, changed(one.options, path, { rename: wrong }));
      expectForPeople(fault, path.join('.'));
      expect(fault.message, path.join('.')).toContain(wrong);
      const above = path.slice(0, -1).filter((key) => !/^\d+$/.test(key));
      expect(fault.message, path.join('.')).toContain(above.join('.'));
    }
  });

  it('tells the place of every value of a wrong type', async () => {
    for (const path of paths) {
      const found = at(one.options, path);
      for (const put of [null, 1.5, 'x y', true, [[1]], { x: [1] }]) {
        if (typeof put === typeof found && Array.isArray(put) === Array.isArray(found) && put !== null)
          continue;
        const place = `${path.join('.')}: ${JSON.stringify(put)}`;
        const fault = await faultOf(one, changed(one.options, path, { put }));
        // Attributes and parameters hold numbers, texts and truth values; a list may be a single name.
        if (fault === undefined) {
          expect(
            ['lgdo_attrs', 'parameters', 'channels', 'exclude_channels', 'initial', 'geds'],
            place,
          ).toContain(path.findLast((key) => !/^(units|a|b|limit|\d+)$/.test(key)));
          continue;
        }
        expectForPeople(fault, place);
        const named = path.filter((key) => !/^\d+$/.test(key));
        expect(
          named.some((key) => fault.message.includes(key)),
          `${place} → ${fault.message}`,
        ).toBe(true);
      }
    }
  });

  const texts = paths.filter((path) => ['expression', 'query'].includes(path.at(-1)!));
  it('tells the operation of every expression that cannot be used', async () => {
    for (const path of texts) {
      const operation = path.at(-2)!;
      const ofHits = 'aggregation_mode' in (at(one.options, path.slice(0, -1)) as object);
      const tier = one !== tried['hit_to_evt'] ? '' : ofHits ? 'hit.' : 'evt.';
      const column = tier === 'evt.' ? 'list' : 'e';
      for (const [put, why] of [
        ['1 +', 'too early'],
        [`${tier}none > 1`, 'none'],
        [`nothing(${tier}${column})`, 'there is no function nothing'],
        [`${tier}${column} & 1.5`, '& does not take'],
        [`~${tier}${column}`, '~ needs truth values'],
        [`sum(${tier}${column})`, operation],
        [`where(${tier}${column}, 1, 2)`, 'truth value'],
        [`"text" == ${tier}${column}`, 'a text'],
        ['(', 'character'],
      ] as const) {
        const place = `${path.join('.')}: ${put}`;
        const fault = await faultOf(one, changed(one.options, path, { put }));
        expectForPeople(fault, place);
        expect(fault.message, place).toContain(operation);
        expect(fault.message, place).toContain(why);
      }
    }
  });

  it('names the members of every circle', async () => {
    const operations = paths.filter((path) => path.at(-1) === 'expression');
    const prefix = one === tried['hit_to_evt'] ? 'evt.' : '';
    for (const first of operations) {
      for (const second of operations) {
        const [a, b] = [first.at(-2)!, second.at(-2)!];
        const once = changed(one.options, first, { put: `${prefix}${b} + 0` });
        const fault = await faultOf(one, changed(once, second, { put: `${prefix}${a} + 0` }));
        expectForPeople(fault, `${a}, ${b}`);
        expect(fault.message).toContain(a);
        expect(fault.message).toContain(b);
      }
    }
  });
});
