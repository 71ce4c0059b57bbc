import { Gretina4mRecord } from './digitizers/gretina4m.js';
import { Sis3302Record } from './digitizers/sis3302.js';
import { Sis3316Record } from './digitizers/sis3316.js';
import { FcioPackets, type FcioPacketsState } from './fcio/fcio-packets.js';
import { orcaFcioDecoders } from './fcio/orca-fcio-naming.js';
import { ListenerConfigRecord } from './flashcam/listener-config.js';
import { ListenerStatusRecord } from './flashcam/listener-status.js';
import { FlashCamReadouts, type FlashCamState } from './flashcam/readouts.js';
import { FlashCamWaveformRecord } from './flashcam/waveform-record.js';
import type { OrcaContext, OrcaRecord } from './orca-record.js';
import { RunRecord } from './run/run-record.js';
import { IsegHvRecord } from './slow-control/iseg-hv.js';
import { MjdPreampRecord } from './slow-control/mjd-preamp.js';

/** What the decoders of records must remember; plain JSON. */
export interface OrcaRecordsState {
  readonly flashCam: readonly FlashCamState[];
  readonly fcio: FcioPacketsState;
  readonly gretinaEvents: number;
}

/** Decoders of all records that are known here, made for one header. */
export class OrcaRecords {
  private readonly byDecoder: ReadonlyMap<string, OrcaRecord>;
  private readonly flashCam: FlashCamReadouts;
  private readonly fcio: FcioPackets;
  private readonly gretina: Gretina4mRecord;

  constructor(context: OrcaContext, state?: OrcaRecordsState) {
    this.flashCam = new FlashCamReadouts(context.setup, state?.flashCam);
    this.fcio = new FcioPackets(context, state?.fcio);
    this.gretina = new Gretina4mRecord(context, state?.gretinaEvents);
    const waveforms = ['ORFlashCamADCWaveformDecoder', 'ORFlashCamWaveformDecoder'] as const;
    this.byDecoder = new Map<string, OrcaRecord>([
      ['ORRunDecoderForRun', new RunRecord(context)],
      ['ORFlashCamListenerConfigDecoder', new ListenerConfigRecord(context, this.flashCam)],
      ['ORFlashCamListenerStatusDecoder', new ListenerStatusRecord(context)],
      ...waveforms.map((name): [string, OrcaRecord] => [
        name,
        new FlashCamWaveformRecord(context, this.flashCam, name),
      ]),
      ...orcaFcioDecoders.map((name): [string, OrcaRecord] => [name, this.fcio]),
      ['ORSIS3302DecoderForEnergy', new Sis3302Record(context)],
      ['ORSIS3316WaveformDecoder', new Sis3316Record(context)],
      ['ORGretina4MWaveformDecoder', this.gretina],
      ['ORMJDPreAmpDecoderForAdc', new MjdPreampRecord(context)],
      ['ORiSegHVCardDecoderForHV', new IsegHvRecord(context)],
    ]);
  }

  /** The decoder of that name in the header; undefined when it is not known here. */
  get(decoder: string): OrcaRecord | undefined {
    return this.byDecoder.get(decoder);
  }

  /** What must be kept to go on later. */
  state(): OrcaRecordsState {
    const { flashCam, fcio, gretina } = this;
    return { flashCam: flashCam.state(), fcio: fcio.state(), gretinaEvents: gretina.state() };
  }
}

/** Names of the decoders of this format. */
export const orcaDecoders: readonly string[] = [
  'OrcaGarbageDecoder',
  'OrcaHeaderDecoder',
  ...orcaFcioDecoders,
  'ORFlashCamADCWaveformDecoder',
  'ORFlashCamListenerConfigDecoder',
  'ORFlashCamListenerStatusDecoder',
  'ORFlashCamWaveformDecoder',
  'ORGretina4MWaveformDecoder',
  'ORMJDPreAmpDecoderForAdc',
  'ORRunDecoderForRun',
  'ORSIS3302DecoderForEnergy',
  'ORSIS3316WaveformDecoder',
  'ORiSegHVCardDecoderForHV',
];
