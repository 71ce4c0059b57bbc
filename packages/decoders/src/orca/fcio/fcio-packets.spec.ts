import { describe, expect, it } from 'vitest';
import { FcioDecoder } from '../../fcio/fcio-decoder.js';
import { encodeConfig, encodeProtocol, encodeSparseEvent } from '../../fcio/fcio-encoder.js';
import { collectTables, type WholeTable } from '../../testing/collect.js';
import { concatenate } from '../../testing/corrupt.js';
import { encodeOrcaHeader } from '../../testing/orca/encode-container.js';
import { encodeFcioConfigPacket, encodeFcioPacket } from '../../testing/orca/encode-flashcam.js';
import { exampleHeader } from '../../testing/orca/encode-header.js';
import {
  exampleConfig,
  exampleHead,
  exampleSamples,
  fcioExample,
  fspEventExample,
} from '../../testing/orca/orca-examples.js';
import { OrcaDecoder } from '../orca-decoder.js';

const listener = { id: 1, samples: 7, boards: [0x10], inputs: 2 };
const config = { ...exampleConfig(1, [0x10], 2, 7), streamId: 0x10001 };
const header = encodeOrcaHeader(exampleHeader({ listeners: [listener] }));
const event = (n: number): Uint8Array =>
  encodeSparseEvent(config, exampleHead(n), [{ index: 1, words: [5, 6], samples: exampleSamples(n, 7) }]);

function decode(...packets: Uint8Array[]): { tables: Map<string, WholeTable>; decoder: OrcaDecoder } {
  const decoder = new OrcaDecoder();
  const batches = [...decoder.push(concatenate([header, ...packets])), ...decoder.finish()];
  return { tables: collectTables(batches), decoder };
}

describe('FCIO records in packets', () => {
  it('are decoded as the stream by itself, but for the packet number', () => {
    const events = Array.from({ length: 9 }, (_, n) => event(n));
    const packets = events.map((one) => encodeFcioPacket('ORFCIOEventDecoder', 1, [one]));
    const { tables, decoder } = decode(encodeFcioConfigPacket(config), ...packets);
    const plain = new FcioDecoder();
    const stream = concatenate([encodeProtocol(), encodeConfig(config), ...events]);
    const alone = collectTables([...plain.push(stream), ...plain.finish()]).get('FCEvent')!;
    const table = tables.get('ORFCIOEvent')!;
    expect(decoder.report().clean).toBe(true);
    expect([...table.columns.keys()]).toEqual([...alone.columns.keys()]);
    for (const [name, { data }] of alone.columns) {
      const shift = name === 'packet_id' ? 1 : 0;
      expect(
        [...table.columns.get(name)!.data].map((value) => Number(value) - shift),
        name,
      ).toEqual([...data].map(Number));
    }
  });

  it('keep the state of each readout, and name tables as the key lists say', () => {
    const { tables } = decode();
    expect([...tables]).toEqual([]);
    const decoder = new OrcaDecoder();
    const all = collectTables([...decoder.push(fcioExample()), ...decoder.finish()]);
    expect(Object.fromEntries([...all].map(([path, { rows }]) => [path, rows]))).toEqual({
      ORRunDecoderForRun: 2,
      ORFCIOConfig_0: 2,
      ORFCIOConfig_1: 2,
      ORFCIOEvent_0: 23,
      'ORFCIOEvent_swtid_1/event': 10,
      ORFCIOEvent_2: 15,
      'ORFCIOEvent_swtid_3/event': 10,
      ORFCIOEventHeader_0: 20,
      ORFCIOEventHeader_1: 20,
      ORFCIOStatus_0: 4,
      'ORFCIOStatus_swtid_1/status': 2,
      ORFCIOStatus_2: 4,
      'ORFCIOStatus_swtid_3/status': 2,
    });
  });

  it('share the number of the packet', () => {
    const fsp = encodeFcioPacket('ORFCIOEventDecoder', 1, [fspEventExample(3), event(0)]);
    const { tables } = decode(encodeFcioConfigPacket(config), fsp);
    const ids = (table: string): unknown => [...tables.get(table)!.columns.get('packet_id')!.data];
    expect(ids('ORFCIOEvent_swtid_1/event')).toEqual([2]);
    expect(ids('ORFCIOEvent')).toEqual([2]);
  });

  it('are kept as garbage when they are none', () => {
    const broken = encodeFcioPacket('ORFCIOEventDecoder', 1, [event(0), Uint8Array.of(1, 2, 3, 4)]);
    const { tables, decoder } = decode(encodeFcioConfigPacket(config), broken);
    expect(tables.get('ORFCIOEvent')!.rows).toBe(1);
    const { garbage } = decoder.report();
    expect(garbage).toMatchObject([{ reason: 'bytes in a packet that are no FCIO record' }]);
  });

  it('give no rows before a configuration', () => {
    const { tables, decoder } = decode(encodeFcioPacket('ORFCIOEventDecoder', 1, [event(0)]));
    expect([...tables]).toEqual([]);
    expect(decoder.report().anomalyCounts).toEqual({ 'no-configuration': 1 });
  });
});
