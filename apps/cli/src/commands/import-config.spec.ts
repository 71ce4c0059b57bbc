import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importConfig, importConfigSet } from './import-config.js';

describe('import of settings files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-config-'));
    writeFileSync(
      join(folder, 'scope.yaml'),
      'picoChannels: [A]\nChanRanges: [0.5]\nsampleTime: 16.E-6 # s\n',
    );
    writeFileSync(join(folder, 'run.daq'), 'DeviceFile: scope.yaml\nBMfile: BM.yaml\nPFfile: PF.yaml\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('follows the top file to the scope, with the defaults of the program', async () => {
    const imported = await importConfig(join(folder, 'run.daq'));
    expect(imported.file).toBe(join(folder, 'scope.yaml'));
    expect(imported.others).toEqual({ BMfile: 'BM.yaml', PFfile: 'PF.yaml' });
    expect(imported.config).toMatchObject({ recordS: 16e-6, trigger: { timeoutMs: 5000 } });
    expect((await importConfig(join(folder, 'scope.yaml'))).config.trigger.timeoutMs).toBe(1000);
  });

  it('takes the defaults of picoDAQ for a top file of PhyPiDAQ, and letters of older systems', async () => {
    const top = "DeviceFile: scope.yaml\nInterval: 1\nChanUnits: ['\u00b0C']\n";
    writeFileSync(join(folder, 'log.daq'), Buffer.from(top, 'latin1'));
    expect((await importConfig(join(folder, 'log.daq'))).config.trigger.timeoutMs).toBe(1000);
    const { content } = await importConfigSet(join(folder, 'log.daq'));
    expect(content.consumers).toMatchObject([{ config: { units: ['\u00b0C'] } }]);
  });

  it('takes over all that the top file names', async () => {
    writeFileSync(join(folder, 'BM.yaml'), 'NBuffers: 20\n');
    writeFileSync(join(folder, 'PF.yaml'), 'pulseShape: [{pheight: -0.03}]\n');
    const { content, parts } = await importConfigSet(join(folder, 'run.daq'));
    expect(content).toMatchObject({
      sources: [{ name: 'scope', config: { recordS: 16e-6 } }],
      ring: { slots: 20 },
      consumers: [{ kind: 'pulse-filter', input: 'scope' }],
    });
    expect(parts).toHaveLength(4);
  });

  it('names a file that is not there', async () => {
    await expect(importConfig(join(folder, 'none.yaml'))).rejects.toThrow(
      /none\.yaml: there is no such file/,
    );
  });
});
