import type { Cell } from '../../core/table-buffer.js';
import { samplePeriodNs } from '../../fcio/fcio-config.js';
import { tickNs } from '../../fcio/fcio-protocol.js';
import type { OrcaPacket } from '../container/orca-packet.js';
import type { OrcaContext, OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';
import { type FlashCamReadout, type FlashCamReadouts, mappedAddress } from './readouts.js';
import { flashCamWaveformSchema } from './waveform-schema.js';

/** Words of the clocks and of the last word, with baseline and energy, behind ids and lengths. */
const clockWords = 17;
/** Words of ids and lengths, the first of a packet included. */
const idWords = 3;

const offsetColumns = [
  'mu_offset_sec',
  'mu_offset_usec',
  'to_master_sec',
  'delta_mu_usec',
  'abs_delta_mu_usec',
  'to_start_sec',
  'to_start_usec',
];
const deadColumns = ['dr_start_pps', 'dr_start_ticks', 'dr_stop_pps', 'dr_stop_ticks', 'dr_maxticks'];

/** How the two decoders split the second word of ids: where the input begins, and the bits of the trace index. */
const forms = {
  ORFlashCamADCWaveformDecoder: { inputShift: 10, inputMask: 0xf, traceMask: 0x3ff },
  ORFlashCamWaveformDecoder: { inputShift: 9, inputMask: 0x1f, traceMask: 0x1ff },
} as const;

/** Where a trace comes from. */
interface Origin {
  readonly readout: FlashCamReadout;
  readonly crate: number;
  readonly slot: number;
  readonly board: number;
  readonly input: number;
  readonly trace: number;
}

/**
 * Waveforms of FlashCam in the older form: one trace per packet. The times are those of the established decoder; dead
 * interval and life time are those of FCIO streams, and NaN or 0 as long as there is no configuration.
 */
export class FlashCamWaveformRecord implements OrcaRecord {
  readonly checkedWords = 2;
  private readonly tables: RecordTables;
  private readonly form: (typeof forms)[keyof typeof forms];

  constructor(
    private readonly context: OrcaContext,
    private readonly readouts: FlashCamReadouts,
    decoder: keyof typeof forms,
  ) {
    this.form = forms[decoder];
    const exact = context.options.exactTimes ?? false;
    this.tables = new RecordTables(
      context.library,
      decoder,
      (path, samples) => flashCamWaveformSchema(path, samples, exact),
      (key) => {
        const list = readouts.listOf(Math.floor(Number(key) / 1_000_000));
        return { siblings: readouts.keys, ...(list === undefined ? {} : { list }) };
      },
    );
  }

  fits(packet: OrcaPacket): boolean {
    const { ids, clocks, samples } = lengthsOf(packet);
    return (
      ids >= idWords &&
      clocks >= clockWords &&
      packet.payloadWords === ids - 1 + clocks + ((samples + 1) >> 1)
    );
  }

  decode(packet: OrcaPacket, packetId: number, offset: number): boolean {
    const { ids, clocks, samples } = lengthsOf(packet);
    const first = ids - 1;
    const clock = (index: number): number => packet.int32(first + index);
    const origin = this.originOf(packet, packetId, offset);
    const { readout } = origin;
    const gps = readout.config?.gps ?? 0;
    const [number, pps, ticks, maxTicks] = [clock(12), clock(13), clock(14), clock(15)] as const;
    this.follow(readout, packet, first, packetId, offset);
    this.checkSamples(readout, samples, packetId, offset);
    const runtime = pps + ticks / (maxTicks + 1);
    const shift = gps === 0 ? clock(0) + clock(1) * 1e-6 : clock(2);
    const key = readout.id * 1_000_000 + origin.board * 100 + origin.input;
    const table = this.tables.admit(key, samples, runtime + shift);
    if (table === undefined) return true;
    const last = packet.word(first + clocks - 1);
    const cells: Record<string, Cell> = {
      packet_id: packetId,
      eventnumber: number,
      event_type: packet.word(0) & 0x3f,
      timestamp: runtime + shift,
      timestamp_ns: exactTimeNs(pps, ticks, gps === 0 ? [clock(0), clock(1)] : [clock(2), 0]),
      runtime,
      numtraces: 1,
      ...addressCells(origin),
      baseline: last & 0xffff,
      daqenergy: last >>> 16,
      ts_pps: pps,
      ts_ticks: ticks,
      ts_maxticks: maxTicks,
      dr_ch_len: readout.config?.adcs ?? 0,
      deadtime: clock(9) - clock(7) + (clock(10) - clock(8)) / Math.max(1, clock(11)),
      ...liveCells(origin),
      'waveform/dt': readout.config === undefined ? 16 : samplePeriodNs(readout.config),
      'waveform/values': packet.samples(first + clocks, samples),
    };
    offsetColumns.forEach((name, index) => (cells[name] = clock(index)));
    deadColumns.forEach((name, index) => (cells[name] = clock(7 + index)));
    table.append(cells);
    return true;
  }

  /** The addresses in the packet. Where they contradict the trace map of the configuration, that is right. */
  private originOf(packet: OrcaPacket, packetId: number, offset: number): Origin {
    const word = packet.word(1);
    const { inputShift, inputMask, traceMask } = this.form;
    const [crate, slot, trace] = [word >>> 27, (word >>> 22) & 0x1f, word & traceMask];
    const board = (word & 0x3fc000) >>> 10;
    const input = (word >>> inputShift) & inputMask;
    const readout = this.readouts.ofCard(crate, slot, board);
    const mapped = mappedAddress(readout.config, trace);
    if (mapped === undefined) return { readout, crate, slot, board, input, trace };
    // Older firmware gives the address shifted by four bits, in 12 bits.
    const fits = board === mapped.board || board === ((mapped.board << 4) & 0xfff);
    if (!fits || mapped.input !== input) {
      this.tell(
        `address ${board} ${input}, ${trace}`,
        'address-mismatch',
        packetId,
        offset,
        `trace ${trace}: board ${board} input ${input}, but ${mapped.board} ${mapped.input} in the trace map`,
      );
    }
    return { readout, crate, slot, ...mapped, trace };
  }

  /** Brings life time and checks up to an event, once for all packets of it. */
  private follow(
    readout: FlashCamReadout,
    packet: OrcaPacket,
    first: number,
    packetId: number,
    offset: number,
  ): void {
    const clock = (index: number): number => packet.int32(first + index);
    const [number, pps, ticks] = [clock(12), clock(13), clock(14)] as const;
    const { last, config, live } = readout;
    if (last?.number === number && last.pps === pps && last.ticks === ticks) return;
    readout.last = { number, pps, ticks };
    const { integrity } = this.context;
    if (last !== null) {
      if (number !== last.number && number !== ((last.number + 1) | 0)) {
        const detail = `event ${number} follows event ${last.number}`;
        integrity.odd('event-number-gap', packetId, offset, detail);
      }
      const step = (pps - last.pps) * 1e9 + (ticks - last.ticks) * tickNs;
      if (step < 0)
        integrity.odd('time-backwards', packetId, offset, `${-step} ns before the previous event`);
    }
    if (config === undefined) {
      const detail = `readout ${readout.id}: waveforms before any configuration`;
      this.tell(`config ${readout.id}`, 'no-configuration', packetId, offset, detail);
      return;
    }
    if (config.gps !== 0 && Math.abs(clock(4)) >= config.gps) {
      const detail = `clocks differ by ${clock(4)} µs, ${config.gps} are allowed`;
      integrity.odd('clock-drift', packetId, offset, detail);
    }
    live?.event(pps, ticks, packet.word(0) & 0x3f, {
      startPps: clock(7),
      startTicks: clock(8),
      stopPps: clock(9),
      stopTicks: clock(10),
      firstChannel: 0,
      channels: config.adcs,
    });
  }

  private checkSamples(readout: FlashCamReadout, samples: number, packetId: number, offset: number): void {
    const expected = this.readouts.samplesOf(readout.id);
    if (expected === 0 || expected === samples) return;
    const detail = `readout ${readout.id}: ${samples} samples, but ${expected} in the header`;
    this.tell(`samples ${readout.id} ${samples}`, 'sample-count', packetId, offset, detail);
  }

  /** Notes something odd once. */
  private tell(
    what: string,
    kind: 'address-mismatch' | 'no-configuration' | 'sample-count',
    packetId: number,
    offset: number,
    detail: string,
  ): void {
    this.context.integrity.oddOnce(what, kind, packetId, offset, detail);
  }
}

/** Words of ids (the first of the packet included) and clocks, and number of samples. */
function lengthsOf(packet: OrcaPacket): { ids: number; clocks: number; samples: number } {
  const word = packet.word(0);
  return { ids: word >>> 28, clocks: (word >>> 22) & 0x3f, samples: (word >>> 6) & 0xffff };
}

function addressCells({ readout, crate, slot, board, input, trace }: Origin): Record<string, number> {
  return { fcid: readout.id, crate, slot, board_id: board, fc_input: input, channel: trace };
}

function liveCells({ readout: { config, live }, trace }: Origin): Record<string, Cell> {
  if (config === undefined || live === undefined || mappedAddress(config, trace) === undefined)
    return { lifetime: NaN, deadinterval_nsec: 0 };
  const runtime = live.runtimeNs(trace);
  return {
    lifetime: (runtime - live.deadtimeNs(trace)) / 1e9,
    deadinterval_nsec: live.takeDeadInterval(trace),
  };
}

/** Unix time in ns from the clock and the offset of the clock in s and µs. */
function exactTimeNs(pps: number, ticks: number, [seconds, microseconds]: readonly [number, number]): bigint {
  return BigInt(pps + seconds) * 1_000_000_000n + BigInt(ticks * tickNs + microseconds * 1000);
}
