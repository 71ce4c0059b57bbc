import {
  AppError,
  spectrumFrame,
  type TopicHeader,
  type TopicName,
  type TopicParams,
  topicKey,
  topics,
} from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { SpectrumHistory } from './spectrum-history.js';
import {
  CumulativeSubscription,
  LatestSubscription,
  type LogLine,
  LogSubscription,
  type ReadyFrame,
  type SendFrame,
  type SubscriptionTarget,
} from './subscription.js';

/** Lines of a log behind a cursor, oldest first. */
export type LogSource = (params: Record<string, string>, after: string) => Promise<readonly LogLine[]>;

export interface ViewerRequest {
  readonly topic: TopicName;
  readonly params: Record<string, string>;
  readonly after: string | undefined;
  readonly send: SendFrame;
  /** False for a frame that this viewer may not see. */
  readonly mayReceive: (header: unknown) => boolean;
}

export interface OpenSubscription {
  readonly key: string;
  readonly periodMs: number;
  close(): void;
}

interface Instance {
  sequence: number;
  newest: ReadyFrame | undefined;
  readonly history: SpectrumHistory;
  readonly latest: Set<LatestSubscription>;
  readonly cumulative: Set<CumulativeSubscription>;
  readonly logs: Map<LogSubscription, ViewerRequest['mayReceive']>;
}

/** Told when the first viewer of a topic instance comes and when the last one has gone. */
export type InterestListener = (key: string, wanted: boolean) => void;

/** Where live data comes together and goes out to viewers, each at its own pace. */
@Injectable()
export class LiveHub {
  private readonly instances = new Map<string, Instance>();
  private readonly sources = new Map<TopicName, LogSource>();
  private readonly listeners = new Set<InterestListener>();
  private count = 0;

  /** Frames handed to viewers, so far. */
  get sentFrames(): number {
    return this.count;
  }

  publish<T extends TopicName>(
    topic: T,
    params: TopicParams<T>,
    frame: {
      readonly header: TopicHeader<T>;
      readonly payload?: Uint8Array;
      readonly dataAtMs: number;
      readonly cursor?: bigint;
    },
  ): void {
    const instance = this.instances.get(topicKey(topic, params));
    if (instance === undefined) return;
    const { header, dataAtMs, cursor, payload = new Uint8Array(0) } = frame;
    instance.sequence++;
    switch (topics[topic].kind) {
      case 'latest':
        instance.newest = { sequence: instance.sequence, dataAtMs, header, payload };
        for (const one of instance.latest) one.offer(instance.newest);
        return;
      case 'cumulative':
        instance.history.add(instance.sequence, spectrumFrame.parse(header), payload);
        instance.newest = { sequence: instance.sequence, dataAtMs, header, payload };
        for (const one of instance.cumulative) one.offer(instance.sequence, dataAtMs);
        return;
      case 'log':
        for (const [one, mayReceive] of instance.logs) {
          if (mayReceive(header)) one.offer({ header, dataAtMs, cursor });
        }
        return;
    }
  }

  isWanted<T extends TopicName>(topic: T, params: TopicParams<T>): boolean {
    return this.instances.has(topicKey(topic, params));
  }

  /** Keys of topic instances that somebody looks at. */
  wanted(): string[] {
    return [...this.instances.keys()];
  }

  onInterest(listener: InterestListener): void {
    this.listeners.add(listener);
  }

  /** Where lines before the live ones come from. */
  registerLog(topic: TopicName, source: LogSource): void {
    this.sources.set(topic, source);
  }

  /** Throws `request.invalid` for parameters that do not name an instance of the topic. */
  subscribe(request: ViewerRequest): OpenSubscription {
    const { topic } = request;
    const parsed = topics[topic].params.safeParse(request.params);
    if (!parsed.success) {
      const places = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
      throw new AppError('request.invalid', `The parameters of ${topic} are wrong (${places}).`);
    }
    const key = topicKey(topic, parsed.data as TopicParams<TopicName>);
    const instance = this.instanceOf(key);
    const target = { key, topic, send: this.counted(request.send) };
    const end = this.open(instance, target, request);
    return {
      key,
      periodMs: topics[topic].periodMs,
      close: () => {
        end();
        if (instance.latest.size + instance.cumulative.size + instance.logs.size === 0)
          this.forget(key, instance);
      },
    };
  }

  /** Answers with the way to end it. */
  private open(instance: Instance, target: SubscriptionTarget, request: ViewerRequest): () => void {
    switch (topics[request.topic].kind) {
      case 'latest': {
        const subscription = new LatestSubscription(target);
        instance.latest.add(subscription);
        if (instance.newest !== undefined) subscription.offer(instance.newest);
        return () => {
          subscription.close();
          instance.latest.delete(subscription);
        };
      }
      case 'cumulative': {
        const subscription = new CumulativeSubscription(target, instance.history);
        instance.cumulative.add(subscription);
        if (instance.newest !== undefined)
          subscription.offer(instance.newest.sequence, instance.newest.dataAtMs);
        return () => {
          subscription.close();
          instance.cumulative.delete(subscription);
        };
      }
      case 'log': {
        const subscription = new LogSubscription(target);
        instance.logs.set(subscription, request.mayReceive);
        void this.catchUp(request).then((lines) => subscription.begin(lines));
        return () => {
          subscription.close();
          instance.logs.delete(subscription);
        };
      }
    }
  }

  private async catchUp({ topic, params, after, mayReceive }: ViewerRequest): Promise<readonly LogLine[]> {
    const source = this.sources.get(topic);
    if (source === undefined || after === undefined) return [];
    try {
      return (await source(params, after)).filter((line) => mayReceive(line.header));
    } catch {
      // A cursor that is none, or a database that is away: the viewer goes on with what comes now.
      return [];
    }
  }

  private counted(send: SendFrame): SendFrame {
    return (frame, payload, acknowledged) => {
      this.count++;
      send(frame, payload, acknowledged);
    };
  }

  private instanceOf(key: string): Instance {
    const known = this.instances.get(key);
    if (known !== undefined) return known;
    const instance: Instance = {
      sequence: 0,
      newest: undefined,
      history: new SpectrumHistory(),
      latest: new Set(),
      cumulative: new Set(),
      logs: new Map(),
    };
    this.instances.set(key, instance);
    for (const listener of this.listeners) listener(key, true);
    return instance;
  }

  private forget(key: string, instance: Instance): void {
    if (this.instances.get(key) !== instance) return;
    this.instances.delete(key);
    for (const listener of this.listeners) listener(key, false);
  }
}
