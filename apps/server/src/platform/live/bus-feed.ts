import { type BusFrame, type BusSubscriber, localAddress, openSubscriber, readBusKeys } from '@countroom/bus';
import {
  type AcquisitionReport,
  acquisitionReport,
  acquisitionReportKey,
  acquisitionReportTopic,
  buffersFrame,
  histogramsFrame,
  metersFrame,
  ratesFrame,
  spectrumFrame,
  waveformsFrame,
} from '@countroom/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { LiveHub } from './live-hub.js';

const headers = {
  'detector.rates': ratesFrame,
  'detector.waveforms': waveformsFrame,
  'detector.spectrum': spectrumFrame,
  'detector.buffers': buffersFrame,
  'detector.histograms': histogramsFrame,
  'detector.meters': metersFrame,
} as const;
type CarriedTopic = keyof typeof headers;

/** Brings what acquisition processes publish to the hub; asks them only for what somebody looks at. */
@Injectable()
export class BusFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(BusFeed.name);
  private readonly receivers = new Set<(report: AcquisitionReport) => void>();
  private readonly known = new Set<string>();
  private readonly local: BusSubscriber;
  private readonly remote: BusSubscriber | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly hub: LiveHub,
  ) {
    const receive = (frame: BusFrame): void => this.receive(frame);
    const rejected = (reason: string): void => this.log.warn(`not understood on the bus: ${reason}`);
    const { connect, keyFile } = config.bus;
    const keys = keyFile === undefined ? {} : { keys: readBusKeys(keyFile) };
    this.local = openSubscriber({ receive, rejected, ...keys });
    this.remote = connect.length === 0 ? undefined : openSubscriber({ receive, rejected, ...keys });
  }

  onApplicationBootstrap(): void {
    for (const address of this.config.bus.connect) this.remote?.connect(address);
    this.hub.onInterest((key, wanted) => {
      if (!Object.keys(headers).some((topic) => key.startsWith(`${topic}:`))) return;
      for (const end of this.ends()) {
        if (wanted) end.want(key);
        else end.unwant(key);
      }
    });
  }

  /** Follows a detector's acquisition, whether it runs already or not. */
  follow(detector: string): void {
    if (this.known.has(detector)) return;
    this.known.add(detector);
    this.local.connect(localAddress(this.config.bus.folder, detector));
    for (const end of this.ends()) end.want(acquisitionReportKey(detector));
  }

  onReport(receiver: (report: AcquisitionReport) => void): void {
    this.receivers.add(receiver);
  }

  async onApplicationShutdown(): Promise<void> {
    for (const end of this.ends()) await end.close();
  }

  private ends(): BusSubscriber[] {
    return this.remote === undefined ? [this.local] : [this.local, this.remote];
  }

  private receive(frame: BusFrame): void {
    const { topic } = frame;
    if (topic === acquisitionReportTopic) {
      const parsed = acquisitionReport.safeParse(frame.header);
      if (parsed.success) for (const receiver of this.receivers) receiver(parsed.data);
      else this.log.warn(`not a report of acquisition: ${parsed.error.message}`);
      return;
    }
    if (isCarried(topic)) this.pass(topic, frame);
  }

  private pass(topic: CarriedTopic, frame: BusFrame): void {
    const parsed = headers[topic].safeParse(frame.header);
    if (!parsed.success) {
      this.log.warn(`not a frame of ${frame.key}: ${parsed.error.message}`);
      return;
    }
    const detector = frame.key.slice(topic.length + 1);
    const { payload, dataAtMs } = frame;
    this.hub.publish(topic, { detector }, { header: parsed.data, payload, dataAtMs });
  }
}

function isCarried(topic: string): topic is CarriedTopic {
  return topic in headers;
}
