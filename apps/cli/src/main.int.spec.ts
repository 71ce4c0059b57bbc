import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { simulateFcio } from '@countroom/decoders';
import { flashCamExample } from '@countroom/decoders/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const shipped = fileURLToPath(new URL('../../server/configurations/', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function countroom(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, out, err };
}

describe('commands on files', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'countroom-cli-'));
    const bytes = Buffer.concat([
      ...simulateFcio({ events: 40, channels: 1, samples: 1836, riseSample: 911, seed: 4 }),
    ]);
    writeFileSync(at('run.fcio'), bytes);
    writeFileSync(at('cut.fcio'), bytes.subarray(0, bytes.length - 1000));
    writeFileSync(at('run.orca'), flashCamExample());
    writeFileSync(at('text.fcio'), 'this is no recording');
    writeFileSync(at('broken.json'), '{ "outputs": [');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('go from a recording to hits, and print them with full precision', async () => {
    const raw = await countroom('daq-to-raw', at('run.fcio'), '--out', at('raw.lh5'), '--json');
    expect(raw).toMatchObject({ code: 0 });
    expect(JSON.parse(raw.out)).toMatchObject({
      ok: true,
      tables: expect.arrayContaining([{ path: 'FCEvent', rows: 40 }]) as unknown,
    });
    const dsp = await countroom(
      'raw-to-dsp',
      at('raw.lh5'),
      '-c',
      `${shipped}th228.dsp.json`,
      '-o',
      at('dsp.lh5'),
      '--threads',
      '2',
    );
    expect(dsp, dsp.err).toMatchObject({ code: 0 });
    const hit = await countroom(
      'dsp-to-hit',
      at('dsp.lh5'),
      '-c',
      `${shipped}th228.hit.json`,
      '-o',
      at('hit.lh5'),
      '-t',
      'FCEvent',
    );
    expect(hit, hit.err).toMatchObject({ code: 0 });
    const dump = await countroom(
      'lh5',
      'dump',
      at('hit.lh5'),
      'FCEvent',
      '--rows',
      '38:99',
      '--json',
      '-c',
      'energy',
    );
    const { rows, total } = JSON.parse(dump.out) as { rows: { energy: number }[]; total: number };
    expect([total, rows.length]).toEqual([40, 2]);
    expect(rows.every(({ energy }) => Number.isFinite(energy))).toBe(true);
    const list = await countroom('lh5', 'ls', at('raw.lh5'), 'FCEvent');
    expect(list.out).toContain('waveform');
  });

  it('give the same file with any number of threads', async () => {
    const dump = async (threads: string): Promise<string> => {
      const out = at(`dsp-${threads}.lh5`);
      await countroom(
        'raw-to-dsp',
        at('raw.lh5'),
        '-c',
        `${shipped}th228.dsp.json`,
        '-o',
        out,
        '--threads',
        threads,
      );
      return (await countroom('lh5', 'dump', out, 'FCEvent', '--rows', '0:40')).out;
    };
    const alone = await dump('0');
    expect(alone.length).toBeGreaterThan(1000);
    expect(await dump('3')).toBe(alone);
  });

  it('process chosen rows with a chain per table, add the rest, and tell where the time went', async () => {
    writeFileSync(at('chains.json'), JSON.stringify({ 'FCE*': `${shipped}th228.dsp.json` }));
    const args = ['raw-to-dsp', at('raw.lh5'), '--chan-config', at('chains.json'), '-o', at('parts.lh5')];
    const first = await countroom(...args, '--n-max', '15', '--profile', '--json');
    expect(first, first.err).toMatchObject({ code: 0 });
    expect(JSON.parse(first.out)).toMatchObject({
      rows: 15,
      profile: { processors: { FCEvent: { wf_pz: expect.any(Number) as unknown } } },
    });
    const rest = await countroom(...args, '--first-row', '15', '--append', '--block', '7');
    expect(rest, rest.err).toMatchObject({ code: 0 });
    const rows = async (file: string): Promise<string> =>
      (await countroom('lh5', 'dump', file, 'FCEvent', '--rows', '0:40')).out;
    expect(await rows(at('parts.lh5'))).toBe(await rows(at('dsp.lh5')));
  });

  it('run trained models from the files that a chain names', async () => {
    const [network, machine] = [at('network.json'), at('machine.json')];
    const layers = [{ type: 'dense', kernel: [[2], [3]], bias: [0.5] }];
    writeFileSync(network, JSON.stringify({ format: 'countroom/network', inputs: 2, layers }));
    const vectors = {
      support_vectors: [
        [0, 0],
        [-1, 1],
      ],
      dual_coef: [[-1, 1]],
      n_support: [1, 1],
    };
    const linear = { kernel: 'linear', gamma: 1, coef0: 0, degree: 3, classes: [-7, 7], intercept: [0] };
    writeFileSync(machine, JSON.stringify({ format: 'countroom/svm', ...linear, ...vectors }));
    const model = (name: string, args: readonly string[], file: string) => ({
      function: `dspeed.processors.${name}`,
      args,
      init_args: [file],
    });
    const processors = {
      one: 'waveform[0]',
      two: 'waveform[1]',
      score: model('tf_model', ['waveform[0:2]', 'score'], network),
      label: model('svm_predict', ['waveform[0:2]', 'label'], machine),
    };
    writeFileSync(
      at('models.json'),
      JSON.stringify({ outputs: ['one', 'two', 'score', 'label'], processors }),
    );
    const out = at('models.lh5');
    const run = await countroom('raw-to-dsp', at('raw.lh5'), '-c', at('models.json'), '-o', out);
    expect(run, run.err).toMatchObject({ code: 0 });
    const dump = await countroom('lh5', 'dump', out, 'FCEvent', '--rows', '0:40', '--json');
    type Row = Readonly<Record<'one' | 'two' | 'score' | 'label', number>>;
    const { rows } = JSON.parse(dump.out) as { readonly rows: readonly Row[] };
    expect(rows).toHaveLength(40);
    expect(rows.map(({ score }) => score)).toEqual(rows.map(({ one, two }) => 2 * one + 3 * two + 0.5));
    expect(rows.map(({ label }) => label)).toEqual(rows.map(({ one, two }) => (two > one ? 7 : -7)));
  });

  it('explain a chain without writing anything', async () => {
    const config = `${shipped}th228.dsp.json`;
    const explained = await countroom('raw-to-dsp', at('raw.lh5'), '-c', config, '--explain');
    expect(explained, explained.err).toMatchObject({ code: 0 });
    expect(explained.out).toMatch(/wf_pz +pole_zero +wf_pz +7344/);
    expect(explained.out).toMatch(/wf_trap +float32\[1836\] +ADC +16 ns/);
    expect(explained.out).toContain('FCConfig is left out');
  });

  it('look into ORCA files packet by packet', async () => {
    const list = await countroom('orca', 'ls', at('run.orca'), '-n', '2', '--json');
    expect(JSON.parse(list.out)).toMatchObject({
      packets: [{ form: 'header', offset: 0 }, { name: 'ORRunDecoderForRun' }],
      counts: { ORFlashCamADCWaveform: 48, ORRunDecoderForRun: 3 },
    });
    const last = await countroom('orca', 'dump', at('run.orca'), '--', '-1');
    expect(last.out).toMatch(/^[0-9a-f]{8} {2}00040004 00000000 00000500 5f5e1014 /);
    const skim = await countroom('orca', 'skim', at('run.orca'), '3', '-o', at('small.orca'), '--json');
    expect(JSON.parse(skim.out)).toMatchObject({ ok: true, packets: 6 });
    const raw = await countroom('daq-to-raw', at('small.orca'), '-o', at('small.lh5'), '--json');
    expect(JSON.parse(raw.out)).toMatchObject({
      tables: expect.arrayContaining([{ path: 'ORRunDecoderForRun', rows: 2 }]) as unknown,
    });
  });

  it('preview, split and check a recording', async () => {
    const preview = await countroom('daq-to-raw', at('run.fcio'), '--preview');
    expect(preview.out).toMatch(
      /run\.fcio: FlashCam FCIO\n(?:.*\n)* {2}FCEvent {2}40 rows, .*\n {4}keys 51200/,
    );
    const spec =
      'FCEventDecoder:\n  "ch{key:07d}":\n    key_list: ["*"]\n    out_stream: "{folder}/events.lh5:/raw"\n';
    writeFileSync(at('spec.yaml'), spec);
    const options = ['--out-spec', at('spec.yaml'), '-k', `folder=${folder}`];
    const planned = await countroom('daq-to-raw', at('run.fcio'), '--preview', '--json', ...options);
    expect(JSON.parse(planned.out)).toMatchObject({
      tables: [{ path: 'raw/ch0051200', keys: [51_200] }],
      isWhole: true,
    });
    const made = await countroom(
      'daq-to-raw',
      at('run.fcio'),
      '-o',
      at('unused.lh5'),
      ...options,
      '--integrity',
      at('report.json'),
      '--json',
    );
    expect(made, made.err).toMatchObject({ code: 0 });
    expect(JSON.parse(made.out)).toMatchObject({
      tables: [{ path: 'raw/ch0051200', rows: 40, file: join(folder, 'events.lh5') }],
    });
    const report = JSON.parse(readFileSync(at('report.json'), 'utf8')) as {
      checksums: object;
      input: object;
    };
    expect(Object.keys(report.checksums)).toEqual([`${join(folder, 'events.lh5')}:raw/ch0051200`]);
    expect(report.input).toMatchObject({ name: 'run.fcio' });
    writeFileSync(
      at('groups.json'),
      JSON.stringify({
        daq_to_raw: {
          ch_groups: { FCEventDecoder: { 'g{ch:0>3d}': { ch_list: [[0, 99_999]], system: 'geds' } } },
        },
      }),
    );
    const old = await countroom(
      'daq-to-raw',
      at('run.fcio'),
      '-o',
      at('raw_{sysn}.lh5'),
      '--ch-groups',
      at('groups.json'),
      '--json',
    );
    expect(JSON.parse(old.out)).toMatchObject({
      tables: [{ path: 'geds/g51200/raw', file: at('raw_geds.lh5') }],
    });
    expect(readdirSync(folder)).not.toContain('raw_others.lh5');
  });

  it('read on while a recording is written', async () => {
    const bytes = flashCamExample();
    writeFileSync(at('growing.orca'), bytes.subarray(0, 20_000));
    const work = countroom(
      'daq-to-raw',
      at('growing.orca'),
      '-o',
      at('growing.lh5'),
      '--follow',
      '3',
      '--json',
    );
    setTimeout(() => appendFileSync(at('growing.orca'), bytes.subarray(20_000)), 1000);
    expect(JSON.parse((await work).out)).toMatchObject({ report: { clean: true, bytes: bytes.length } });
  });

  it('take options of the decoding from a file', async () => {
    const columns = [{ name: 'eventnumber' }];
    const coincidences = { columns, tables: ['ORFlashCam*Waveform*'], name: 'tcm' };
    writeFileSync(at('decoding.json'), JSON.stringify({ coincidences, checksums: true }));
    const args = [
      'daq-to-raw',
      at('run.orca'),
      '-o',
      at('tcm.lh5'),
      '--options',
      at('decoding.json'),
      '--json',
    ];
    const made = JSON.parse((await countroom(...args)).out) as { tables: unknown; report: unknown };
    expect(made.tables).toContainEqual({ path: 'tcm', rows: 12 });
    expect(made.report).toMatchObject({ input: { name: 'run.orca' } });
  });

  it('take a recording that is cut off, and say so', async () => {
    const cut = await countroom('daq-to-raw', at('cut.fcio'), '-o', at('cut.lh5'), '--json');
    expect(cut.code).toBe(0);
    expect(cut.err).toContain('the end is cut off');
  });

  it.each([
    [['daq-to-raw', 'nowhere.fcio', '-o', 'x.lh5'], 1, 'nowhere.fcio: there is no such file'],
    [['daq-to-raw', '@text.fcio', '-o', '@x.lh5'], 1, 'text.fcio'],
    [['daq-to-raw', '@run.fcio', '-o', '@raw.lh5'], 2, 'exists already; give --overwrite'],
    [['raw-to-dsp', '@raw.lh5', '-c', '@broken.json', '-o', '@x.lh5'], 1, 'broken.json is not valid JSON'],
    [['raw-to-dsp', '@raw.lh5', '-o', '@x.lh5'], 2, 'give a chain for all tables'],
    [['raw-to-dsp', '@raw.lh5', '-c', `${shipped}th228.dsp.json`], 2, 'give the file to make (--out)'],
    [
      [
        'raw-to-dsp',
        '@raw.lh5',
        '-c',
        `${shipped}th228.dsp.json`,
        '-o',
        '@x.lh5',
        '--profile',
        '--threads',
        '2',
      ],
      2,
      '--profile looks at one thread',
    ],
    [
      ['raw-to-dsp', '@raw.lh5', '-c', `${shipped}th228.dsp.json`, '-o', '@x.lh5', '--append', '--update'],
      2,
      'give one of --append and --update',
    ],
    [['raw-to-dsp', '@run.fcio', '-c', `${shipped}th228.dsp.json`, '-o', '@x.lh5'], 1, 'run.fcio'],
    [
      ['dsp-to-hit', '@dsp.lh5', '-c', `${shipped}th228.hit.json`, '-o', '@x.lh5', '-t', 'nope/*'],
      1,
      'no table fits "nope/*"; the input has FCEvent',
    ],
    [['lh5', 'dump', '@raw.lh5', 'FCEvent/nope'], 1, 'there is no such object'],
    [['lh5', 'ls', '@run.fcio'], 1, 'run.fcio'],
    [['orca', 'ls', '@run.fcio'], 1, 'there is no ORCA header'],
    [['orca', 'dump', '@run.orca', '9999'], 1, 'has no packet 9999'],
    [['orca', 'skim', '@run.orca', '1', '-o', '@raw.lh5'], 1, 'give another name'],
    [['daq-to-raw', 'x'], 2, 'required option'],
    [['daq-to-raw'], 2, "missing required argument 'in'"],
  ])('refuse %j', async (args, code, message) => {
    const before = readdirSync(folder);
    const ended = await countroom(...args.map((arg) => (arg.startsWith('@') ? at(arg.slice(1)) : arg)));
    expect(ended.code, ended.err).toBe(code);
    expect(ended.err).toContain(message);
    expect(readdirSync(folder)).toEqual(before);
  });
});
