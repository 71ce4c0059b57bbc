import { parseOptions, portsOf, runTables, type TableReader } from '@countroom/pipeline';
import { describe, expect, it } from 'vitest';
import { buildTcm } from './build-tcm/build-tcm.stage.js';
import { dspToHit } from './dsp-to-hit/dsp-to-hit.stage.js';
import { hitToEvt } from './hit-to-evt/hit-to-evt.stage.js';
import { listsOfNumbers, memoryReader, numbersOf, tableOf } from './testing/memory-reader.js';

const dsp = tableOf({ e: numbersOf('float32', [1, 2]), lists: listsOfNumbers('float64', [[1], []]) });
const hit = tableOf({ t: numbersOf('float64', [1, 2]), e: numbersOf('float32', [1, 2]) });
const attrs = { tables: '["ch1/hit"]', hash_func: '\\d+' };
const map = tableOf(
  { table_key: listsOfNumbers('int32', [[1], [1]]), row_in_table: listsOfNumbers('int32', [[0], [1]]) },
  attrs,
);

function planHits(config: object): unknown {
  return dspToHit.plan(parseOptions(dspToHit, { config }), [{ path: 'ch1/dsp', rows: 2, sample: dsp }]);
}

const inputs = new Map<string, TableReader>([
  ['hit', memoryReader({ 'ch1/hit': hit })],
  ['tcm', memoryReader({ tcm: map })],
]);
const other = new Map<string, TableReader>([
  [
    'hit',
    memoryReader({
      'ch1/hit': tableOf({ t: numbersOf('float64', [1], 'ns') }),
      'ch2/hit': tableOf({ t: numbersOf('float64', [1], 's') }),
    }),
  ],
  [
    'tcm',
    memoryReader({
      tcm: tableOf({
        table_key: listsOfNumbers('int32', [[1, 2]]),
        row_in_table: listsOfNumbers('int32', [[0, 0]]),
      }),
    }),
  ],
]);
const nowhere = { append: () => Promise.resolve(), write: () => Promise.resolve() };

async function makeMap(options: object): Promise<unknown> {
  return runTables(buildTcm, parseOptions(buildTcm, options), inputs, nowhere);
}

async function makeEvents(config: object): Promise<unknown> {
  const options = parseOptions(hitToEvt, { config });
  for (const port of portsOf(hitToEvt, options))
    if (!inputs.has(port)) throw new Error(`needs a ${port} file`);
  return runTables(hitToEvt, options, inputs, nowhere);
}

const channels = { geds: ['ch1'] };
const event = (operation: object): object => ({ channels, operations: { x: operation } });
const sum = { aggregation_mode: 'sum', initial: 0 };

describe('a configuration of hits that cannot be used tells where and why', () => {
  it.each<[object, string]>([
    [{ operation: {} }, 'operation'],
    [{ operations: { x: { expresion: 'e' } } }, 'operations.x'],
    [
      { operations: { x: { expression: 'e +' } } },
      'operations.x.expression: the expression ends too early at character 4',
    ],
    [
      { operations: { x: { expression: 'f + 1' } } },
      'operations.x for ch1/dsp: there is no column or parameter f (there are e, lists) at character 1',
    ],
    [{ operations: { x: { expression: 'y' }, y: { expression: 'x' } } }, 'x'],
    [
      { operations: { x: { expression: 'e & 1' } } },
      'operations.x for ch1/dsp: & does not take float32 and int32',
    ],
    [{ operations: { x: { expression: 'e[e > 1]' } } }, 'picks elements of lists'],
    [{ operations: { x: { expression: 'sum(e)' } } }, 'operations.x for ch1/dsp reduces all rows'],
    [
      { operations: { x: { expression: 'conj(e)' }, y: { expression: 'x > 1' } } },
      'operations.y for ch1/dsp: > does not take complex128 and int32',
    ],
    [{ operations: { x: { expression: 'nothing(e)' } } }, 'there is no function nothing'],
    [{ operations: { x: { expression: 'e', parameters: { a: [1] } } } }, 'operations.x'],
    [
      { operations: {}, outputs: ['none'] },
      'outputs: none is neither an operation nor a column of ch1/dsp; there are e, lists',
    ],
    [
      { operations: {}, aggregations: { w: { bit0: 'none' } } },
      'aggregations.w: there is no column none in ch1/dsp',
    ],
    [{ operations: {}, aggregations: { w: {} } }, 'aggregations.w lists no column'],
    [
      { operations: { w: { expression: 'e > 1' } }, aggregations: { w: { bit0: 'w' } } },
      'aggregations.w: there is an operation of that name; give one of them another',
    ],
    [
      { operations: {}, aggregations: { w: { bit0: 'lsits' } } },
      'aggregations.w: there is no column lsits in ch1/dsp; did you mean lists?',
    ],
    [
      { operations: { 'a-b': { expression: 'e' } } },
      'config.operations.a-b: a name of letters, digits and _',
    ],
    [{ operations: null }, 'config.operations: must be an object of names and values'],
    [{ operations: { x: null } }, 'config.operations.x: must be a text or an object of options'],
    [
      { operations: { x: { expression: 'a*e', parameters: { a: '1.5' } } } },
      'config.operations.x.parameters.a: a text must be a reference to parameters',
    ],
    [{ operations: { x: { expression: 'e > 99999999999999999999' } } }, 'too large for 64 bits'],
    [{ operations: { x: { expression: '(e > 1) and (e < 2)' } } }, 'write (a > 1) & (b > 2)'],
    [
      { operations: {}, aggregations: { w: { bit0: 'e' } } },
      'aggregations.w: column e is float32, not truth values; compare it',
    ],
    [
      { operations: {}, aggregations: { w: { bit0: 'lists' } } },
      'column lists is lists of float64, not truth values',
    ],
  ])('%j', (config, message) => {
    expect(() => planHits(config)).toThrow(message);
  });

  it('tells values that are nested too deeply', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    const options = { config: { operations: {} }, database: { ch1: deep } };
    expect(() => parseOptions(dspToHit, options)).toThrow(
      'the options cannot be used: they are nested too deeply',
    );
  });

  it('names all members of a cycle', () => {
    const config = { operations: { a: { expression: 'b' }, b: { expression: 'c' }, c: { expression: 'a' } } };
    expect(() => planHits(config)).toThrow(/a.*b.*c|cycle/s);
  });
});

describe('options of a map that cannot be used tell where and why', () => {
  it.each<[object, string]>([
    [{}, 'columns'],
    [{ columns: [{ name: 't', width: 1 }] }, 'columns.0'],
    [{ columns: [{ name: 't', window: -1 }] }, 'columns.0.window'],
    [{ columns: [{ name: 'time' }] }, 'columns: ch1/hit has no column time; there are t, e'],
    [{ columns: [{ name: 't' }], fields: ['none'] }, 'fields: ch1/hit has no column none'],
    [{ columns: [{ name: 't' }], tables: ['ch2*'] }, 'no table fits "ch2*"; the input has ch1/hit'],
    [{ columns: [{ name: 't' }], keyPattern: '(' }, 'keyPattern'],
    [{ columns: [{ name: 't' }], windowReference: 'middle' }, 'windowReference'],
    [{ columns: [{ name: 't' }], layout: 'old' }, 'layout'],
    [{ columns: [{ name: 't' }], name: '1' }, 'name'],
  ])('%j', async (options, message) => {
    await expect(makeMap(options)).rejects.toThrow(message);
  });
});

describe('columns in different units', () => {
  it('are not put together', async () => {
    const tcm = parseOptions(buildTcm, { columns: [{ name: 't', window: 1 }] });
    await expect(runTables(buildTcm, tcm, other, nowhere)).rejects.toThrow(
      'columns: t is in ns in ch1/hit and in s in ch2/hit',
    );
    const evt = parseOptions(hitToEvt, { config: event({ ...sum, expression: 'hit.t' }) });
    await expect(runTables(hitToEvt, evt, other, nowhere)).rejects.toThrow(
      'operations.x: hit.t is in ns in ch1/hit and in s in ch2/hit',
    );
  });
});

describe('a configuration of events that cannot be used tells where and why', () => {
  it.each<[object, string]>([
    [{ channels }, 'config.operations'],
    [event({ expresion: '1' }), 'config.operations.x'],
    [event({ ...sum, expression: 'hit.none' }), 'ch1/hit has no column none; there are t, e'],
    [event({ ...sum, expression: 'dsp.e' }), 'needs a dsp file'],
    [
      event({ ...sum, expression: 'e' }),
      'names of hit columns begin with a tier (hit., evt., tcm.), or are parameters',
    ],
    [event({ ...sum, expression: 'hit.e +' }), 'the expression ends too early'],
    [event({ ...sum, expression: 'tcm.none' }), 'the map has table_key, row_in_table, index'],
    [
      event({ ...sum, expression: 'evt.later' }),
      'there is no field evt.later; fields come after those they use',
    ],
    [event({ ...sum, expression: 'hit.e', channels: 'none' }), 'none'],
    [event({ ...sum, expression: 'hit.e', query: 'hit.e' }), 'query'],
    [
      event({ expression: 'hit.e', aggregation_mode: 'add' }),
      'aggregation_mode "add" is none of sum, any, all',
    ],
    [
      event({ expression: 'hit.e', aggregation_mode: 'keep_at_ch:hit.e' }),
      'needs a field of the event table',
    ],
    [
      event({ expression: 'hit.e', aggregation_mode: 'gather', sort: 'by:hit.e' }),
      'sort "by:hit.e" is neither',
    ],
    [event({ ...sum, expression: 'hit.e', dtype: 'int33' }), 'dtype int33 is none of'],
    [event({ ...sum, expression: 'hit.e', initial: 'nothing' }), 'initial'],
    [event({ expression: 'f(<...>)', aggregation_mode: 'function' }), 'there is no function f'],
    [{ ...event({ ...sum, expression: 'hit.e' }), outputs: ['none'] }, 'none'],
    [{ channels: { geds: ['V01'] }, operations: {} }, 'config.channels.geds: V01 is no table like ch1084803'],
  ])('%j', async (config, message) => {
    await expect(makeEvents(config)).rejects.toThrow(message);
  });
});
